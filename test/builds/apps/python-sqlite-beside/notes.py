"""Keeps notes beside the code, and counts them in a file of its own."""
import os
import signal
import sqlite3
import sys
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
DATABASE = Path(__file__).parent / "notes.db"
COUNTER = os.environ.get("COUNTER", "/data/counter")


@app.post("/notes")
def add():
    with sqlite3.connect(DATABASE) as database:
        database.execute("CREATE TABLE IF NOT EXISTS notes (text TEXT)")
        database.execute("INSERT INTO notes VALUES (?)", (request.get_data(as_text=True),))
    with open(COUNTER, "a") as counter:
        counter.write("x")
    return "kept\n"


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
app.run(host="0.0.0.0", port=18202)
