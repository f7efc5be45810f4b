"""From a configuration to boto3's client: whose key, which role, which store; and what its errors mean.

Amazon's and compatible stores; requests are made again as Amazon asks (500, 503 SlowDown: backed off, five in all).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import boto3
import botocore.session
from botocore.awsrequest import AWSHTTPConnectionPool, AWSHTTPSConnectionPool
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.httpsession import URLLib3Session
from botocore.loaders import create_loader

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import SourceError
from budget_sync.sources.partner_http import judging_pools
from budget_sync.sources.s3_configuration import Identity, S3Configuration, S3Secrets

# What it logs while debugging holds the keys that a role lends.
logging.getLogger("botocore").setLevel(logging.INFO)
_POOLS: Final = {"http": AWSHTTPConnectionPool, "https": AWSHTTPSConnectionPool}
_MOST_ATTEMPTS: Final = 5
_SESSION_NAME: Final = "budget-sync"

_KEY = "Check the access key with the partner."
_CLOCK = "Set this machine's clock: more than 15 minutes of difference are refused."
# What a store's code means, and at which step it shows; others show where they come up.
_MEANINGS: Final[dict[str, tuple[str | None, str]]] = {
    "InvalidAccessKeyId": ("login", f"the store does not know the access key. {_KEY}"),
    "InvalidClientTokenId": ("login", f"the store does not know the access key. {_KEY}"),
    "SignatureDoesNotMatch": ("login", f"the secret does not belong to the access key. {_KEY}"),
    "ExpiredToken": ("login", "the temporary key has expired. Store a new one, or one that lasts."),
    "InvalidToken": ("login", "the session token does not belong to the access key. Store all three anew."),
    "RequestTimeTooSkewed": ("login", f"the clocks of this machine and the store differ too much. {_CLOCK}"),
    "RequestExpired": ("login", f"the clocks of this machine and the store differ too much. {_CLOCK}"),
    "AuthorizationHeaderMalformed": ("login", "the bucket is in another region. Correct the region of the source."),
    "PermanentRedirect": ("list", "the bucket is in another region. Correct the region of the source."),
    "NoSuchBucket": ("list", "there is no such bucket. Check its name and the endpoint."),
    "AccessDenied": (
        None,
        "it is not allowed. Ask for s3:ListBucket on the bucket and s3:GetObject in it.",
    ),
    "AccessDenied at login": (
        "login",
        "the role may not be assumed. Have its trust policy name the account of the key; check the external id.",
    ),
    "SlowDown": (None, "the store asks for fewer requests. It is tried again at a later look."),
}


class _JudgingSession(URLLib3Session):  # type: ignore[misc]  # botocore has no types
    """botocore's HTTP session, whose connections go to judged addresses alone; it uses no proxy."""

    def __init__(self, verify: Any, wait: float, allowed: AllowedNetworks) -> None:
        super().__init__(verify=verify, timeout=(wait, wait))
        self._manager.pool_classes_by_scheme = judging_pools(_POOLS, allowed)

    def send(self, request: Any) -> Any:
        """As botocore's, but an address that is refused stays the error that it is, and is not tried again."""
        try:
            return super().send(request)
        except HTTPClientError as error:
            cause = error.kwargs.get("error")
            if isinstance(cause, SourceError):
                raise cause from None
            raise


def open_client(configuration: S3Configuration, secrets: S3Secrets, allowed: AllowedNetworks) -> Any:
    """A client that may read the bucket; a role is assumed now, and lasts an hour.

    Raises:
        SourceError: at resolve, connect or login.
    """
    with failing_at("login", "Logging in", configuration):
        own = _session(**_credentials(configuration, secrets))
        if configuration.role_arn is None:
            return _client(own, "s3", configuration, allowed)
        asked = {"RoleArn": configuration.role_arn, "RoleSessionName": _SESSION_NAME}
        if configuration.external_id is not None:
            asked["ExternalId"] = configuration.external_id
        lent = _client(own, "sts", configuration, allowed).assume_role(**asked)["Credentials"]
        role = _session(
            aws_access_key_id=lent["AccessKeyId"],
            aws_secret_access_key=lent["SecretAccessKey"],
            aws_session_token=lent["SessionToken"],
        )
        return _client(role, "s3", configuration, allowed)


@contextmanager
def failing_at(step: str, doing: str, configuration: S3Configuration) -> Iterator[None]:
    """What boto3 raises within becomes the step that failed, in words for the partner's administrator."""
    try:
        yield
    except ClientError as error:
        raise _told(error, step, doing, configuration) from error
    except SourceError as error:
        if error.step == "resolve" and "reason" not in error.details:
            raise _unknown(configuration, str(error.details.get("host"))) from error
        raise
    except (BotoCoreError, OSError) as error:
        reason = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise SourceError(
            f"{doing} failed: {reason}. If it lasts, ask whoever runs {configuration.destination}.", step=step
        ) from error


def _unknown(configuration: S3Configuration, host: str) -> SourceError:
    """Nobody typed this host: it is made of what is told of the bucket."""
    cure = (
        "Check the spelling of the endpoint."
        if configuration.endpoint
        else "Check the bucket and the region of the source, and that this machine reaches the internet."
    )
    return SourceError(
        f"The name {host} is not known to this machine's name service. {cure}", step="resolve", host=host
    )


def _told(error: ClientError, step: str, doing: str, configuration: S3Configuration) -> SourceError:
    code = str(error.response.get("Error", {}).get("Code", ""))
    known = _MEANINGS.get(f"{code} at {step}") or _MEANINGS.get(code)
    if known is None:
        said = str(error.response.get("Error", {}).get("Message", "")) or "no reason given"
        answer = f"{configuration.destination} answers {code} ({said})"
        return SourceError(f"{doing} failed: {answer}.", step=step, answer=code)
    return SourceError(f"{doing} failed: {known[1]}", step=known[0] or step, answer=code)


def _credentials(configuration: S3Configuration, secrets: S3Secrets) -> dict[str, str | None]:
    if configuration.identity is Identity.ENVIRONMENT:
        return {}
    return {
        "aws_access_key_id": secrets.access_key_id,
        "aws_secret_access_key": secrets.secret_access_key,
        "aws_session_token": secrets.session_token,
    }


def _session(**credentials: str | None) -> Any:
    """A session of its own; the descriptions of Amazon's services are shared (80 ms a client, 5 ms with them)."""
    plain = botocore.session.Session()
    plain.register_component("data_loader", _service_descriptions())
    return boto3.session.Session(botocore_session=plain, **credentials)


@cache
def _service_descriptions() -> Any:
    return create_loader()


def _client(session: Any, service: str, configuration: S3Configuration, allowed: AllowedNetworks) -> Any:
    wait = configuration.timeout_seconds
    client = session.client(
        service,
        region_name=configuration.region,
        endpoint_url=configuration.endpoint,
        config=Config(
            connect_timeout=wait,
            read_timeout=wait,
            retries={"mode": "standard", "total_max_attempts": _MOST_ATTEMPTS},
            s3={"addressing_style": "path" if configuration.endpoint else "auto"},
            response_checksum_validation="when_required",
            ignore_configured_endpoint_urls=True,
        ),
    )
    endpoint = client._endpoint  # noqa: SLF001 - botocore has no other way to a session of one's own
    endpoint.http_session = _JudgingSession(endpoint.http_session._verify, wait, allowed)  # noqa: SLF001 - as above
    return client
