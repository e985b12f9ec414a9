"""Python loads this at the start of moto. It repairs what keeps moto 5.2.1 from running these state machines."""

from moto.stepfunctions.parser.asl.eval.evaluation_details import ExecutionDetails
from moto.stepfunctions.parser.backend.execution import Execution

# A start copies the state machine together with its earlier executions, and their locks cannot be copied: without this
# each state machine runs once and no more.
Execution.__deepcopy__ = lambda self, memo: self

# The context's StartTime, declared to be ISO 8601, is a datetime, with which an output cannot be shown.
keep_details = ExecutionDetails.__init__


def keep_details_with_text(self, *args, start_time, **kwargs):
    keep_details(self, *args, start_time=start_time.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z", **kwargs)


ExecutionDetails.__init__ = keep_details_with_text
