"""One complaint as data, in English: what its public page says, for programs."""

from collections.abc import Iterable
from datetime import datetime

from cettar_site.base.period import wib_date
from cettar_site.complaints.rules import Case, Shown
from cettar_site.complaints.rules_custody import Segment, segments
from cettar_site.complaints.rules_estimate import Estimate, Quantile
from cettar_site.complaints.rules_photo import Photo
from cettar_site.complaints.rules_public import minute
from cettar_site.complaints.rules_view import agency_name


def case_data(case: Case, found: Estimate | None, photos: Iterable[Photo], now: datetime) -> dict[str, object]:
    """The public view; of a confidential complaint that it exists, who has it, on which days what happened."""
    if case.request.shown is Shown.CONFIDENTIAL:
        return _confidential(case)
    request, life, written = case.request, case.life, case.writing(1)
    return {
        "number": request.number, "visibility": request.shown, "channel": request.channel, "state": life.state,
        "hidden": life.hidden or None, "erased": life.erased, "supports": case.supports, "rating": life.rating,
        "agency": _agency(life.agency_code), "forwarded_to": life.elsewhere or None,
        "merged_into": life.merged_into or None,
        "category": request.category_code or None, "region": request.region_code,
        "district": request.district_code or None, "place": (written.place if written else "") or None,
        "position": [written.lat, written.lon] if written and written.lat is not None else None,
        "happened_on": request.happened_on, "text": written.text if written else None,
        "filed_at": minute(life.filed_at), "due_at": minute(life.due_at),
        "acknowledged_at": minute(life.acknowledged_at), "first_answer_at": minute(life.first_answer_at),
        "claimed_at": minute(life.claimed_at), "ended_at": minute(life.ended_at),
        "estimate": _estimate(found), "custody": [_custody(one) for one in segments(case, now)],
        "photos": _photos(case, photos), "events": _events(case)}


def _agency(code: str) -> dict[str, str]:
    return {"code": code, "name": agency_name(code)}


def _events(case: Case) -> list[dict[str, object]]:
    said = {writing.seq: writing.text for writing in case.writings if writing.seq > 1}
    return [{"kind": event.kind, "at": minute(event.at), "agency": event.agency_code or None, "actor": event.actor,
             "detail": event.detail or None, "text": said.get(event.seq)} for event in case.events]


def _custody(one: Segment) -> dict[str, object]:
    custody = one.custody
    return {"agency": _agency(custody.agency_code), "triage": custody.triage, "since": minute(custody.since),
            "due_at": minute(custody.due_at), "until": minute(custody.until),
            "answered_at": minute(custody.answered_at),
            "turns": [{"turn": span.turn, "since": minute(span.since), "until": minute(span.until)}
                      for span in one.spans]}


def _photos(case: Case, photos: Iterable[Photo]) -> list[dict[str, object]]:
    """Each with the place of its event among those of this view, from 1: what is not seen leaves no gap."""
    place = {event.seq: nth for nth, event in enumerate(case.events, 1)}
    return [_photo(one, place[one.seq]) for one in photos if one.seq in place]


def _photo(photo: Photo, event: int) -> dict[str, object]:
    """Where it lies, at which event it came, and what was noticed about it as evidence."""
    return {"address": f"/foto/{photo.id}", "small": f"/foto/{photo.id}/kecil", "event": event,
            "evidence": photo.evidence, "width": photo.width, "height": photo.height,
            "flags": [{"kind": flag.kind, "number": flag.number or None, "amount": flag.amount}
                      for flag in photo.flags] if photo.evidence else None}


def _estimate(found: Estimate | None) -> dict[str, object] | None:
    """Days of the calendar within which half, and nine of ten, are answered; null: too few to say."""
    if found is None:
        return None
    return {"agency": found.agency_code or None, "group": found.group_code or None, "n": found.n,
            "waiting": found.waiting, "half": _quantile(found.half), "nine_of_ten": _quantile(found.nine),
            "as_of": minute(found.at)}


def _quantile(found: Quantile) -> dict[str, object]:
    return {"days": round(found.days, 2), "at_least": found.at_least}


def _confidential(case: Case) -> dict[str, object]:
    life = case.life
    return {
        "number": case.request.number, "visibility": case.request.shown, "state": life.state,
        "agency": _agency(life.agency_code),
        "filed_on": wib_date(life.filed_at), "due_on": wib_date(life.due_at),
        "first_answer_on": wib_date(life.first_answer_at) if life.first_answer_at else None,
        "events": [{"kind": event.kind, "on": wib_date(event.at), "agency": event.agency_code or None}
                   for event in case.events]}
