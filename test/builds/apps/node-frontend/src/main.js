// Shows the board.
document.body.append('Board');
