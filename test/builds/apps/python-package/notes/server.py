"""Keeps what is sent to it in a file, and shows it as a table."""
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tabulate import tabulate

NOTES = Path(os.environ["DATA_DIR"]) / "notes.txt"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        NOTES.write_text("one\n")
        body = tabulate([[line] for line in NOTES.read_text().split()]).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def main():
    ThreadingHTTPServer(("0.0.0.0", 18102), Handler).serve_forever()
