#!/usr/bin/env python3
"""A store of rdflib behind HTTP: SPARQL 1.1 Update at /update, the Graph Store Protocol at /data, all quads at /quads.

    rdflib_server.py FAULT…     prints its port; then the Nth FAULT befalls the Nth request: ok, 503, or lost (what was
                                asked is done, and the connection breaks before the answer); more requests are ok

Whoever asks must be `ada` with the password `secret`. /log tells the requests so far, one a line.
"""

import base64
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from rdflib import Dataset, URIRef

data = Dataset()
faults = sys.argv[1:]
log = []
LOGIN = "Basic " + base64.b64encode(b"ada:secret").decode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, text="", **headers):
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/log":
            return self.answer(200, "\n".join(log))
        return self.answer(200, "\n".join(sorted(set(data.serialize(format="nquads").split("\n")) - {""})))

    def do_change(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        log.append(f"{self.command} {urlsplit(self.path).path} {len(body)}")
        fault = faults.pop(0) if faults else "ok"
        if self.headers.get("Authorization") != LOGIN:
            return self.answer(401, "who are you?")
        if fault == "503":
            return self.answer(503, "busy", Retry_After="0")
        try:
            if not self.change(body):
                return self.answer(404, "nothing here")
        except Exception as error:
            return self.answer(400, str(error))
        if fault == "lost":
            self.close_connection = True
            return None
        return self.answer(204)

    do_POST = do_PUT = do_DELETE = do_change

    def change(self, body):
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/update" and self.headers["Content-Type"] == "application/sparql-update":
            data.update(body)
            return True
        if path != "/data":
            return False
        graph = data.graph(URIRef(query["graph"][0]))
        if self.command in ("PUT", "DELETE"):
            graph.remove((None, None, None))
        if self.command != "DELETE":
            assert self.headers["Content-Type"] == "application/n-triples"
            graph.parse(data=body, format="nt")
        return True


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
