"""The operator's own ways to hear of alerts: a Slack-compatible hook, mail.

In: one delivery of such a channel. Out: what the receiver said. Which there are is a setting; without one nothing is
written into the outbox for it.
"""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from http import HTTPStatus
from typing import Final, Self
from urllib.parse import unquote, urlsplit

import msgspec

from budget_sync.domain.errors import ConfigurationError, UndeliverableError
from budget_sync.notification.deliveries import Taken
from budget_sync.notification.events import Channel
from budget_sync.notification.guarded_post import Answer, post
from budget_sync.notification.reach import Reach
from budget_sync.settings import Settings

_SMTP_SECONDS: Final = 15.0


class _Told(msgspec.Struct):
    sentence: str = ""


class _Body(msgspec.Struct):
    data: _Told


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """``server``: ``smtp://name:password@host:587`` (STARTTLS where it is offered), or ``smtps://``."""

    server: str
    sender: str
    receiver: str


@dataclass(frozen=True, slots=True, repr=False)
class OperatorChannels:
    """What is configured, secrets in it; None: there is none of the kind."""

    slack_url: str | None = None
    mail: Mail | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As the operator configured them."""
        slack, server, receiver = settings.alert_slack_url, settings.alert_mail_server, settings.alert_mail_to
        mail = Mail(server.get_secret_value(), settings.alert_mail_from, receiver) if server and receiver else None
        return cls(slack.get_secret_value() if slack else None, mail)

    def configured(self) -> tuple[Channel, ...]:
        """The channels that alerts are written for."""
        return (*([Channel.SLACK] if self.slack_url else []), *([Channel.MAIL] if self.mail else []))

    def send(self, taken: Taken, reach: Reach) -> Answer:
        """The receiver's answer.

        Raises:
            UndeliverableError: it did not take it.
            ConfigurationError: the channel is not configured any more.
        """
        sentence = msgspec.json.decode(taken.body, type=_Body).data.sentence
        if taken.channel is Channel.SLACK and self.slack_url:
            body = msgspec.json.encode({"text": f"budget_sync: {sentence}"})
            return post(self.slack_url, {"content-type": "application/json"}, body, reach)
        if taken.channel is Channel.MAIL and self.mail:
            return _mail(self.mail, taken, sentence)
        raise ConfigurationError(f"The channel {taken.channel} is not configured.")


def _mail(mail: Mail, taken: Taken, sentence: str) -> Answer:
    message = EmailMessage()
    message["From"], message["To"] = mail.sender, mail.receiver
    message["Subject"] = f"budget_sync: {taken.event_type.rpartition('.')[2].replace('_', ' ')}"
    message["Message-ID"] = f"<{taken.event_id}@budget-sync>"
    message.set_content(sentence)
    parts = urlsplit(mail.server)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(parts.hostname or "", parts.port or 0, timeout=_SMTP_SECONDS) as server:
            server.ehlo()
            if kind is smtplib.SMTP and server.has_extn("starttls"):
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise UndeliverableError(f"The mail server did not take it: {error}") from error
    return Answer(HTTPStatus.OK, "taken by the mail server")
