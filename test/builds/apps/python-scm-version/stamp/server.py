"""Tells the version that the history of the project gives it."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(version("stamp").encode())

    def log_message(self, *args):
        pass


def main():
    ThreadingHTTPServer(("0.0.0.0", 18141), Handler).serve_forever()
