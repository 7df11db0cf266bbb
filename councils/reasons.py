"""Why something of a council was written."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="councils.founded", words=gettext_lazy("council added")))
reasons.register(Reason(name="councils.details", words=gettext_lazy("details of the council changed")))
reasons.register(Reason(name="councils.meeting_planned", words=gettext_lazy("meeting planned")))
reasons.register(Reason(name="councils.meeting_changed", words=gettext_lazy("meeting changed")))
reasons.register(Reason(name="councils.meeting_cancelled", words=gettext_lazy("meeting called off")))
reasons.register(Reason(name="councils.item_added", words=gettext_lazy("item added to the agenda")))
reasons.register(Reason(name="councils.item_changed", words=gettext_lazy("agenda item changed")))
reasons.register(Reason(name="councils.items_ordered", words=gettext_lazy("order of the agenda changed")))
reasons.register(Reason(name="councils.item_removed", words=gettext_lazy("item taken off the agenda")))
reasons.register(Reason(name="councils.item_dropped", words=gettext_lazy("agenda item dropped")))
reasons.register(Reason(name="councils.reminded", words=gettext_lazy("members reminded of the meeting")))
reasons.register(Reason(name="councils.convened", words=gettext_lazy("agenda sent")))
reasons.register(Reason(name="councils.meeting_opened", words=gettext_lazy("meeting opened")))
reasons.register(Reason(name="councils.meeting_closed", words=gettext_lazy("meeting closed")))
reasons.register(Reason(name="councils.item_started", words=gettext_lazy("agenda item begun")))
reasons.register(Reason(name="councils.came_in", words=gettext_lazy("came in")))
reasons.register(Reason(name="councils.went_out", words=gettext_lazy("left the room")))
reasons.register(Reason(name="councils.excused", words=gettext_lazy("sent word not to come")))
reasons.register(Reason(name="councils.proxy_given", words=gettext_lazy("proxy given")))
reasons.register(Reason(name="councils.proxy_withdrawn", words=gettext_lazy("proxy withdrawn")))
reasons.register(Reason(name="councils.adjourned", words=gettext_lazy("meeting adjourned")))
reasons.register(Reason(name="councils.resumed", words=gettext_lazy("meeting resumed")))
reasons.register(Reason(name="councils.vote_prepared", words=gettext_lazy("vote prepared")))
reasons.register(Reason(name="councils.vote_removed", words=gettext_lazy("vote taken away")))
reasons.register(Reason(name="councils.vote_opened", words=gettext_lazy("vote opened")))
reasons.register(Reason(name="councils.vote_taken_back", words=gettext_lazy("vote taken back")))
reasons.register(Reason(name="councils.voted", words=gettext_lazy("choice written down")))
reasons.register(Reason(name="councils.vote_closed", words=gettext_lazy("vote closed")))
reasons.register(Reason(name="councils.line_written", words=gettext_lazy("minutes written")))
reasons.register(Reason(name="councils.decided", words=gettext_lazy("decision written down")))
reasons.register(Reason(name="councils.agreed", words=gettext_lazy("who does what noted")))
reasons.register(Reason(name="councils.ticked_off", words=gettext_lazy("what was agreed ticked off")))
reasons.register(Reason(name="councils.minutes_approved", words=gettext_lazy("minutes approved")))
reasons.register(Reason(name="councils.old_minutes", words=gettext_lazy("minutes of before brought in")))
reasons.register(Reason(name="councils.light_written", words=gettext_lazy("short minutes written")))
for name, words in (
    ("ended", gettext_lazy("end of the council noted")),
    ("term", gettext_lazy("term changed")),
    ("places", gettext_lazy("places changed")),
    ("rule", gettext_lazy("own rule changed")),
    ("appointed", gettext_lazy("member appointed")),
    ("member", gettext_lazy("details of a member changed")),
    ("member_left", gettext_lazy("member left")),
    ("office", gettext_lazy("office changed")),
    ("hindered", gettext_lazy("hindrance or replacement noted")),
    ("person", gettext_lazy("details of a person changed")),
    ("mandate", gettext_lazy("political mandate noted")),
    ("advice_begun", gettext_lazy("advice begun")),
    ("advice_changed", gettext_lazy("advice changed")),
    ("advice_adopted", gettext_lazy("advice given by the council")),
    ("advice_withdrawn", gettext_lazy("advice withdrawn before it was given")),
    ("advice_received", gettext_lazy("advice received: the term begins")),
    ("advice_answered", gettext_lazy("answer written")),
    ("blocks", gettext_lazy("blocks of text changed")),
    ("answer_corrected", gettext_lazy("correction of the answer written")),
    ("evaluation_begun", gettext_lazy("evaluation begun")),
    ("evaluation_asked", gettext_lazy("questions of the evaluation changed")),
    ("evaluation_opened", gettext_lazy("members asked")),
    ("evaluation_reminded", gettext_lazy("members reminded of the evaluation")),
    ("evaluation_closed", gettext_lazy("evaluation closed")),
    ("evaluation_report", gettext_lazy("report of the evaluation written")),
    ("evaluation_published", gettext_lazy("report of the evaluation published")),
):
    reasons.register(Reason(name=f"councils.{name}", words=words))
reasons.register(Reason(name="councils.imported", words=gettext_lazy("table of members brought in")))
reasons.register(Reason(name="councils.moved", words=gettext_lazy("moved to another area")))
reasons.register(
    Reason(name="councils.account_closed", words=gettext_lazy("account of a colleague taken away"))
)
