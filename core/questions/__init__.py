"""Questions of every kind: what may be answered, the field for it, and the count in SQL over a table that each app owns.

class RoundQuestion(QuestionBase):                     # in the models of the app
    round = ForeignKey(Round, …)
class RoundAnswer(AnswerBase):
    question = ForeignKey(RoundQuestion, …)
    class Meta:
        constraints = [one_answer("round_answer_once")]

form = QuestionsForm(questions, posted(request), participant=key)   # or validate_all(questions, what a program sent)
keep_answers(RoundAnswer, participant=key, questions=questions, values=form.answers)
tallies = tally(RoundAnswer.objects.filter(question__round=round), questions)

Who answers is a key, never a person: an app gives it out, and keeps apart who got one. Results of fewer than five answers are not
shown. A new kind is one file here and a line in `kinds.py`.
"""
