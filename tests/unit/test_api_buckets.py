"""A caller may ask so many times a minute; the bucket fills at a steady rate."""

from akva.api.door.buckets import KEPT, Buckets


class Seconds:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_full_bucket_gives_its_calls_and_then_says_how_long_to_wait() -> None:
    buckets = Buckets(per_minute=60, seconds=Seconds())

    taken = [buckets.take("a") for _ in range(61)]

    assert [0] * 60 + [1] == [one.retry_after for one in taken]
    assert (59, 0, 0) == (taken[0].remaining, taken[59].remaining, taken[60].remaining)


def test_a_call_comes_back_after_its_share_of_a_minute() -> None:
    seconds = Seconds()
    buckets = Buckets(per_minute=60, seconds=seconds)
    for _ in range(60):
        buckets.take("a")

    seconds.now = 1.0

    assert 0 == buckets.take("a").retry_after
    assert 1 == buckets.take("a").retry_after


def test_waiting_as_told_is_enough() -> None:
    seconds = Seconds()
    buckets = Buckets(per_minute=7, seconds=seconds)
    while not (told := buckets.take("a")).retry_after:
        pass

    seconds.now += told.retry_after

    assert 0 == buckets.take("a").retry_after


def test_one_caller_does_not_empty_anothers_bucket() -> None:
    buckets = Buckets(per_minute=1, seconds=Seconds())
    buckets.take("a")

    assert 0 == buckets.take("b").retry_after
    assert 60 == buckets.take("a").retry_after


def test_a_bucket_never_holds_more_than_its_limit() -> None:
    seconds = Seconds()
    buckets = Buckets(per_minute=2, seconds=seconds)
    buckets.take("a")

    seconds.now = 1e6

    assert [0, 0, 30] == [buckets.take("a").retry_after for _ in range(3)]


def test_who_has_not_called_for_longest_is_forgotten() -> None:
    buckets = Buckets(per_minute=1, seconds=Seconds())
    buckets.take("first")

    for number in range(KEPT):
        buckets.take(str(number))

    assert 0 == buckets.take("first").retry_after


def test_the_headers_tell_limit_rest_and_reset() -> None:
    told = Buckets(per_minute=60, seconds=Seconds()).take("a").headers

    assert {"RateLimit-Limit": "60", "RateLimit-Remaining": "59", "RateLimit-Reset": "1"} == told
