"""Draws a word in large letters."""
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        drawn = subprocess.run(["figlet", "-f", "term", "hello"], capture_output=True, check=True)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(drawn.stdout.strip())

    def log_message(self, *args):
        pass


HTTPServer(("0.0.0.0", 18143), Handler).serve_forever()
