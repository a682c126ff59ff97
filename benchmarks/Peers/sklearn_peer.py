"""Trains the workloads with scikit-learn: networks with MLPClassifier (its own initial weights: it offers no way to give others), linear
models with the class they name, all its options at their defaults but the loss."""

import sys
import warnings

try:
    import sklearn
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression, SGDClassifier
    from sklearn.metrics import log_loss
    from sklearn.neural_network import MLPClassifier
except ImportError:
    sys.exit(0)

from common import Clock, serve

warnings.filterwarnings("ignore", category=ConvergenceWarning)


def create(spec):
    if "model" in spec:
        return LogisticRegression() if spec["model"] == "LogisticRegression" else SGDClassifier(loss="log_loss", random_state=1)
    return MLPClassifier(
        hidden_layer_sizes=spec["layers"][1:-1], activation=spec["activation"], solver=spec["optimizer"], alpha=0, momentum=0,
        batch_size=spec["batch"], learning_rate_init=spec["learning_rate"], max_iter=spec["epochs"], n_iter_no_change=spec["epochs"] + 1,
        tol=0, random_state=1)


def train(spec):
    model = create(spec)
    clock = Clock()
    model.fit(spec["x"], spec["y"])
    seconds = clock.read()
    return seconds, float(log_loss(spec["y"], model.predict_proba(spec["x"])))


serve(sklearn.__version__, train=train)
