"""What the peers share: reading a workload, and the protocol. A line in, {"workload": path, "threads": n}; a line out, {"seconds",
"processor_seconds", "loss"}."""

import json
import os
import sys
import time


def load(path):
    import numpy as np

    with open(path) as file:
        spec = json.load(file)
    read = lambda name, kind: np.fromfile(os.path.join(spec["folder"], name), dtype=kind)
    if "model" in spec:
        return load_linear(spec, read)
    spec["x"] = read("x.f32", np.float32).reshape(spec["rows"], spec["layers"][0])
    spec["y"] = read("y.i32", np.int32)
    flat, offset, spec["weights"] = read("w.f32", np.float32), 0, []
    for inputs, outputs in zip(spec["layers"], spec["layers"][1:]):
        weights = flat[offset:offset + inputs * outputs].reshape(outputs, inputs)
        offset += inputs * outputs
        spec["weights"].append((weights, flat[offset:offset + outputs]))
        offset += outputs
    return spec


def load_linear(spec, read):
    """Rows of a linear model, sparse unless they have few columns."""
    import numpy as np
    from scipy.sparse import csr_matrix

    parts = read("values.f32", np.float32), read("indices.i32", np.int32), read("starts.i32", np.int32)
    spec["x"], spec["y"] = csr_matrix(parts, shape=(spec["rows"], spec["columns"])), read("y.i32", np.int32)
    if spec["dense"]:
        spec["x"] = spec["x"].toarray()
    return spec


def limit_threads(threads):
    """Both libraries leave part of their work to OpenBLAS, whose threads only threadpoolctl can limit."""
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return
    threadpool_limits(limits=threads)


def serve(version, train):
    print(version, flush=True)
    loaded = (None, None)
    for line in sys.stdin:
        request = json.loads(line)
        if loaded[0] != request["workload"]:
            loaded = (request["workload"], load(request["workload"]))
        limit_threads(request["threads"])
        seconds, processor_seconds, loss = train(loaded[1])
        print(json.dumps({"seconds": seconds, "processor_seconds": processor_seconds, "loss": loss}), flush=True)


class Clock:
    """The time and the processor time since it was made."""

    def __init__(self):
        self.start, self.processor_start = time.perf_counter(), time.process_time()

    def read(self):
        return time.perf_counter() - self.start, time.process_time() - self.processor_start
