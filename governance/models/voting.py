"""Votes in a meeting: rounds, who voted, and what was cast; recusals and proxies."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from governance.enums import Choice, RoundState, VoteKind, VoteResult
from governance.models.body import Membership
from governance.models.meeting import Meeting
from governance.models.proposal import DecisionPoint
from governance.models.route import RouteStep


class Recusal(models.Model):
    """A member takes no part in the vote on one paper, because it concerns her (Gemeentewet 28).

    It hangs on the stop of the route, so it still holds when the paper is held over. She counts
    for the quorum (20), and not among those whose votes make a vote valid (29).
    """

    step = models.ForeignKey(RouteStep, models.CASCADE, related_name="recusals")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="recusals", verbose_name="lid"
    )
    reason = models.CharField("reden", max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "onthouding van deelname"
        verbose_name_plural = "onthoudingen van deelname"
        ordering = ["membership__seat__municipality__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "membership"],
                name="governance_recusal_once",
                violation_error_message="Dit lid doet al niet mee aan de stemming over dit stuk.",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="governance_recusal_has_reason",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.shown_as}: {self.reason}"


class Proxy(models.Model):
    """An absent member lets another member vote for her in one meeting. Own rules only."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(
        Membership, models.PROTECT, related_name="proxies_given", verbose_name="afwezig lid"
    )
    holder = models.ForeignKey(
        Membership, models.PROTECT, related_name="proxies_held", verbose_name="gemachtigde"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "volmacht"
        verbose_name_plural = "volmachten"
        ordering = ["giver__seat__municipality__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "giver"],
                name="governance_proxy_once",
                violation_error_message="Dit lid heeft al een volmacht gegeven.",
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("holder")),
                name="governance_proxy_to_another",
                violation_error_message="Niemand geeft zichzelf een volmacht.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver.shown_as} via {self.holder.shown_as}"


class VoteRound(models.Model):
    """One vote on one decision point: opened, closed, looked at again, and only then confirmed.

    A roll call is about the point, a secret vote about the persons it is to choose from.

    `text` is what is voted on: the point as asked, or as amended in the meeting. `entitled` counts
    the persons who need not abstain and `vacant` the seats without a member, both fixed at the
    opening. A discarded round counts for nothing.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="rounds")
    step = models.ForeignKey(RouteStep, models.PROTECT, related_name="rounds")
    point = models.ForeignKey(DecisionPoint, models.PROTECT, related_name="rounds")
    kind = models.CharField("wijze", max_length=9, choices=VoteKind)
    text = models.TextField("waarover wordt gestemd")
    state = models.CharField("stand", max_length=9, choices=RoundState, default=RoundState.OPEN)
    entitled = models.PositiveSmallIntegerField("leden die mee mogen stemmen")
    vacant = models.PositiveSmallIntegerField("zetels zonder lid", default=0)
    weighted = models.BooleanField("naar gewicht")
    result = models.CharField("uitslag", max_length=8, choices=VoteResult, blank=True)
    by_lot = models.BooleanField("door het lot", default=False)
    discarded_why = models.CharField("reden van vervallen", max_length=300, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    opened_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "stemming"
        verbose_name_plural = "stemmingen"
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state__in=["open", "closed"]),
                name="governance_one_vote_at_a_time",
                violation_error_message="Er loopt al een stemming in deze vergadering.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="confirmed") & ~models.Q(result="")
                | ~models.Q(state="confirmed") & models.Q(result=""),
                name="governance_confirmed_has_result",
                violation_error_message="Alleen een bevestigde stemming heeft een uitslag.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="discarded") | ~models.Q(discarded_why=""),
                name="governance_discarded_has_reason",
                violation_error_message="Geef de reden waarom deze stemming vervalt.",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="governance_vote_about_what",
                violation_error_message="Schrijf op waarover wordt gestemd.",
            ),
            models.CheckConstraint(
                condition=models.Q(by_lot=False) | ~models.Q(result=""),
                name="governance_lot_gives_result",
                violation_error_message="Alleen een uitslag kan door het lot komen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} over {self.point}"

    @property
    def running(self) -> bool:
        return self.state in (RoundState.OPEN, RoundState.CLOSED)

    @property
    def secret(self) -> bool:
        return self.kind == VoteKind.SECRET


class Vote(models.Model):
    """That a member voted, once, with her weight of that day; at a roll call also what.

    In a secret vote `choice` stays empty and only the counter of a `VoteOption` goes up. This row
    has no moment and no history, in no kind of vote: nothing in it tells what was cast.
    """

    round = models.ForeignKey(VoteRound, models.CASCADE, related_name="votes")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="votes_of")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField("aantal stemmen")
    choice = models.CharField("stem", max_length=7, choices=Choice, blank=True)

    class Meta:
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        ordering = ["member__seat__municipality__sort_name", "member_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                name="governance_one_person_one_vote",
                violation_error_message="Deze persoon heeft in deze stemming al gestemd.",
            ),
            models.UniqueConstraint(
                fields=["round", "member"],
                name="governance_one_vote_a_member",
                violation_error_message="Voor dit lid is in deze stemming al gestemd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.round_id}"


class VoteOption(models.Model):
    """What can be chosen in a secret vote, with a counter of ballots and of votes.

    A ballot is never a row: casting one raises a counter, so there is no key, order or moment
    that leads from a ballot to who cast it. Who can read the log of the database server itself,
    line by line, is outside what this can hold. Weights can betray a voter: besluit 0034.
    """

    round = models.ForeignKey(VoteRound, models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField("volgorde")
    label = models.CharField("keuze", max_length=120)
    blank = models.BooleanField("blanco", default=False)
    ballots = models.PositiveSmallIntegerField("stembriefjes", default=0)
    votes = models.PositiveIntegerField("stemmen", default=0)
    chosen = models.BooleanField("gekozen", default=False)

    class Meta:
        verbose_name = "keuze"
        verbose_name_plural = "keuzes"
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "order"],
                name="governance_option_order_once",
                violation_error_message="Deze keuze staat er al.",
            ),
            models.CheckConstraint(
                condition=~models.Q(label=""),
                name="governance_option_has_label",
                violation_error_message="Geef de keuze een naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
