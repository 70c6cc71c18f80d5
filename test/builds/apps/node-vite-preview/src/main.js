// Shows the year.
document.title = `Site ${new Date().getFullYear()}`;
console.log('Shows the year');
