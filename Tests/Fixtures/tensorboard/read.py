"""Prints what TensorBoard reads of a run folder, as JSON."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import metadata

run = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0})
run.Reload()
contents = {tag: value.plugin_data.content for tag, value in run.summary_metadata.items()}
start = metadata.parse_session_start_info_plugin_data(
    contents["_hparams_/session_start_info"])
end = metadata.parse_session_end_info_plugin_data(contents["_hparams_/session_end_info"])
hparams = {
    name: getattr(value, value.WhichOneof("kind")) for name, value in start.hparams.items()}
scalars = {
    tag: [[event.step, event.value] for event in run.Scalars(tag)]
    for tag in run.Tags()["scalars"]}
print(json.dumps({
    "scalars": scalars, "hparams": hparams, "status": end.status,
    "seconds": end.end_time_secs - start.start_time_secs}))
