"""The child process that is the application: site, API, event loops and mailbox, on the supervisor's socket."""

import argparse
import os
import socket
import sys
from importlib import import_module

from chalice.app import Chalice
from cheroot.wsgi import Server

from . import environment, place
from .events import EventLoops
from .mailbox import Mailbox, MailServer
from .mailbox_page import mailbox_page
from .origin import origin
from .place import HOST, Place
from .tether import tether

MAX_REQUEST = 64_000_000  # more is not even read
GRACE_SECONDS = 1


class InheritedServer(Server):
    """Listens on the supervisor's socket, which keeps callers waiting while this process is replaced."""

    def __init__(self, listener: socket.socket, app: object) -> None:
        super().__init__(listener.getsockname(), app, numthreads=16, server_name="local", request_queue_size=128)
        self._listener = listener
        self.max_request_body_size = MAX_REQUEST
        self.shutdown_timeout = GRACE_SECONDS

    def bind(self, *_family_type_and_protocol: int) -> None:
        self.socket = self._listener


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.local.application", description=__doc__)
    place.add_arguments(parser)
    parser.add_argument("--listener", type=int, required=True, help="the number of the inherited socket")
    options = parser.parse_args()
    tether()
    serve(place.from_arguments(options), socket.socket(fileno=options.listener))


def serve(here: Place, listener: socket.socket) -> None:
    app = _chalice(here)
    mailbox = Mailbox(here.mailbox)
    mail = MailServer(mailbox, HOST, here.ports["mail"])
    loops = EventLoops(app, environment.resources(os.environ), float(os.environ["SCHEDULE_SPEED"]))
    server = InheritedServer(listener, origin(app, here.site, mailbox_page(mailbox), here.build_error))
    mail.start()
    try:
        server.prepare()
        loops.start()
        server.serve()
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        loops.stop(GRACE_SECONDS)
        server.stop()
        mail.stop()


def _chalice(here: Place) -> Chalice:
    sys.path.insert(0, str(here.backend))
    app: Chalice = import_module("app").app
    return app


if __name__ == "__main__":
    main()
