"""Per rule of meetings, votes and municipalities: the row that breaks it, and nothing else."""

from governance.models import Vote
from tests.governance.constraint_rows import EARLY, LATE, MOMENT, change, copy_of

REPORTED = {"state": "reported", "decided_on": EARLY, "reported_at": MOMENT}


def vote_of(person, member):
    def build(w):
        return Vote(
            round=w["vote_round"],
            person=w[person],
            member=w[member],
            membership=w[member],
            weight=1,
        )

    return build


MEETING_CASES = {
    "governance_law_knows_no_proxies": change("rules", proxies=True),
    "governance_law_knows_no_written_round": change("rules", written_round=True),
    "governance_law_no_abstaining": change("rules", abstaining=True),
    "governance_law_regeling_named": change("rules", weighted=True),
    "governance_urgent_has_right": change("step", state="skipped", skip_reason="x", urgent=True),
    "governance_item_is_paper_or_titled": change("own_item", title=""),
    "governance_item_minutes": change("own_item", minutes=601),
    "governance_fixed_item_minutes": change("fixed_item", minutes=0),
    "governance_agenda_version_once": copy_of("agenda_version"),
    "governance_position_once": copy_of("position"),
    "governance_position_says_what": change("position", choice="object"),
    "governance_annotation_once": copy_of("annotation"),
    "governance_annotation_has_line": change("annotation", line=""),
    "governance_answered_question_has_answer": change("question", answered_at=MOMENT),
    "governance_note_once": copy_of("note"),
    "governance_one_vote_at_a_time": copy_of("vote_round"),
    "governance_confirmed_has_result": change("vote_round", state="confirmed"),
    "governance_discarded_has_reason": change("vote_round", state="discarded"),
    "governance_one_person_one_vote": vote_of("alderman", "colleague"),
    "governance_one_vote_a_member": vote_of("reader", "member"),
    "governance_option_order_once": copy_of("option"),
    "governance_proxy_once": copy_of("proxy"),
    "governance_proxy_to_another": change("proxy", holder="member"),
    "governance_recusal_once": copy_of("recusal"),
    "governance_recusal_has_reason": change("recusal", reason=""),
    "governance_named_vote_has_round": change("point", method="secret"),
    "governance_action_of_one": change("action", owner="member"),
    "governance_action_has_text": change("action", text=""),
    "governance_action_dropped_why": change("action", state="dropped"),
    "governance_list_published_when": change("decision_list", state="published"),
    "governance_list_adopted_where": change("decision_list", state="adopted", published_at=MOMENT),
    "governance_one_open_round_per_step": lambda w: copy_of("written_round", meeting=w["meeting"])(
        w
    ),
    "governance_round_has_reason": change("written_round", reason=""),
    "governance_round_answer_once": copy_of("round_answer"),
    "governance_local_round_hangs_on_one": change("asked_before", decision="decision"),
    "governance_local_round_asked_when": change("asked_before", state="asked"),
    "governance_local_round_term_after": change("asked_before", asked_on=LATE, due_on=EARLY),
    "governance_local_round_term_length": change("asked_before", term_length=0),
    "governance_local_round_own_term_source": change("asked_before", term_source="own"),
    "governance_local_round_once_per_step": copy_of("asked_before"),
    "governance_local_round_once_per_decision": copy_of("asked_after"),
    "governance_local_step_once": copy_of("local_step"),
    "governance_local_step_reported_what": change("local_step", **REPORTED),
    "governance_local_step_says_why": change("local_step", **REPORTED, outcome="negative"),
    "governance_local_answer_has_reason": change(
        "local_step", **REPORTED, outcome="positive", answer="adopted"
    ),
    "governance_local_round_has_question": change("asked_before", question=""),
    "governance_local_answer_when": change(
        "local_step", **REPORTED, outcome="positive", answer="adopted", reason="x"
    ),
    "governance_question_has_text": change("question", text=""),
    "governance_vote_about_what": change("vote_round", text=""),
    "governance_lot_gives_result": change("vote_round", by_lot=True),
    "governance_option_has_label": change("option", label=""),
    "governance_round_has_outcome": change("written_round", state="decided"),
    "governance_round_answer_says_why": change("round_answer", answer="disagree"),
    "governance_list_concept_not_out": change("decision_list", published_at=MOMENT),
    "governance_item_off_why": change("own_item", off=True),
    "governance_local_step_merged_into": change("local_step", state="merged"),
}
