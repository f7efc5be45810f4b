"""Ten attempts over three days; signatures that receivers' libraries take."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from budget_sync.notification.retries import MOST_ATTEMPTS, pause_after
from budget_sync.notification.signing import new_secret, signed_headers

BODY = '{"type":"budget.reserved"}'


def test_there_are_ten_attempts_over_three_days() -> None:
    pauses = [pause_after(attempt, 0.5) for attempt in range(1, MOST_ATTEMPTS)]
    assert (len(pauses), pause_after(MOST_ATTEMPTS, 0.5)) == (9, None)
    assert timedelta(hours=72) < sum((pause for pause in pauses if pause), timedelta()) < timedelta(hours=73)


def test_each_wait_is_longer_than_the_one_before_and_spread_by_a_tenth() -> None:
    for attempt in range(1, MOST_ATTEMPTS - 1):
        latest, soonest = pause_after(attempt, 1), pause_after(attempt + 1, 0)
        assert latest is not None
        assert soonest is not None
        assert latest < soonest
    assert pause_after(2, 0) == timedelta(seconds=270)


def test_a_receiver_verifies_with_either_secret_while_one_is_replaced() -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers([new, old], "msg_1", datetime.now(UTC), BODY)
    for secret in (old, new):
        assert Webhook(secret).verify(BODY, headers) == {"type": "budget.reserved"}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, headers)


def test_a_changed_body_and_a_replay_after_five_minutes_are_refused() -> None:
    secret = new_secret()
    headers = signed_headers([secret], "msg_1", datetime.now(UTC), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY + " ", headers)
    late = signed_headers([secret], "msg_1", datetime.now(UTC) - timedelta(minutes=6), BODY)
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(secret).verify(BODY, late)
