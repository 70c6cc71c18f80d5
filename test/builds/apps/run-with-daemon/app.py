"""Shows what two steps of the build put into a database that ran while they did."""
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

DUMP = Path("/srv/seed/dump.rdb")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        dump = DUMP.read_bytes()
        found = [word for word in (b"hello-there", b"big-world") if word in dump]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b" ".join(found))

    def log_message(self, *args):
        pass


HTTPServer(("0.0.0.0", 18142), Handler).serve_forever()
