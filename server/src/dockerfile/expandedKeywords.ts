/** Instructions in which Docker itself expands variables; in RUN, CMD and ENTRYPOINT, a shell does. */
export const EXPANDED_KEYWORDS = ['ADD', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'];
