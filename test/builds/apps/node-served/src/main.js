import { format } from 'date-fns';

/** Shows the year. */
document.title = format(new Date(), 'yyyy');
