"""Mail over SMTP; a repeated mail keeps its Message-ID, by which a mailbox can tell."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import quote

from ..services.ports import DeliveryError

SECONDS = 10


class SmtpMailer:
    def __init__(self, host: Callable[[], str], port: Callable[[], int], sender: Callable[[], str]) -> None:
        self._host, self._port, self._sender = host, port, sender

    def send(self, to: str, subject: str, text: str, message_id: str) -> None:
        mail = _mail(self._sender(), to, subject, text, message_id)
        try:
            with smtplib.SMTP(self._host(), self._port(), timeout=SECONDS) as server:
                _protect(server)
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(max(code for code, _ in error.recipients.values())) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refused(error.smtp_code) from None
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"mail server: {type(error).__name__}") from error


def _mail(sender: str, to: str, subject: str, text: str, message_id: str) -> EmailMessage:
    """A line break in an address or a subject would add headers: the standard library refuses it."""
    mail = EmailMessage()
    try:
        mail["From"] = Address(addr_spec=sender)
        mail["To"] = Address(addr_spec=to)
        mail["Subject"] = subject
    except (ValueError, IndexError, HeaderParseError):
        raise DeliveryError("not an address or a subject", permanent=True) from None
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{quote(message_id, safe='')}@{mail['From'].addresses[0].domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def _protect(server: smtplib.SMTP) -> None:
    server.ehlo_or_helo_if_needed()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()


def _refused(code: int) -> DeliveryError:
    """4xx means not now, 5xx never."""
    return DeliveryError(f"mail server: {code}", permanent=500 <= code < 600)
