"""What the peers share: reading a workload, and the protocol. First a line out, {"version", "blas"}; then for a line in, {"action", "workload":
path, "threads": n}, a line out, {"seconds", "loss"}."""

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
    spec["y"] = read("y.f32", np.float32).reshape(-1, 1) if spec["regression"] else read("y.i32", np.int32)
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


def blas():
    """The BLAS in this process with version and kernels, as threadpoolctl tells them; else the files mapped into the process."""
    try:
        from threadpoolctl import threadpool_info
        found = [f"{lib['internal_api']} {lib['version']} ({lib.get('architecture')} kernels, {lib['filepath']})"
                 for lib in threadpool_info() if lib["user_api"] == "blas"]
    except ImportError:
        found = []
    if not found and os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps") as maps:
            found = sorted({line.split()[-1] for line in maps if "blas" in line})
    return ", ".join(found) or "kernels of its own"


def limit_threads(threads):
    """Both libraries leave part of their work to OpenBLAS, whose threads only threadpoolctl can limit."""
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return
    threadpool_limits(limits=threads)


def serve(version, **actions):
    print(json.dumps({"version": version, "blas": blas()}), flush=True)
    path = None
    for line in sys.stdin:
        request = json.loads(line)
        if path != request["workload"]:
            path, workload = request["workload"], load(request["workload"])
        limit_threads(request["threads"])
        seconds, loss = actions[request["action"]](workload)
        print(json.dumps({"seconds": seconds, "loss": loss}), flush=True)


class Clock:
    """The seconds since it was made."""

    def __init__(self):
        self.start = time.perf_counter()

    def read(self):
        return time.perf_counter() - self.start
