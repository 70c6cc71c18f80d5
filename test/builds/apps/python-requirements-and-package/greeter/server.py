"""Greets in a table; its own package tells the version."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from tabulate import tabulate


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(tabulate([["greeter", version("greeter") + "!"]]).encode())

    def log_message(self, *args):
        pass


def main():
    ThreadingHTTPServer(("0.0.0.0", 18140), Handler).serve_forever()
