"""Shows a table."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tabulate import tabulate


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(tabulate([["one", 1]]).encode())

    def log_message(self, *args):
        pass


ThreadingHTTPServer(("0.0.0.0", 18143), Handler).serve_forever()
