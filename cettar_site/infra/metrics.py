"""What this process counts, in Prometheus' words. Addresses, texts and people are never labels.

Each worker process counts for itself; `cettar_process_info` says which one answered.
"""

from datetime import datetime

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from cettar_site.infra.vitals import process_label

METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "WS"))
ROUTES_AT_MOST = 100
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

REQUESTS = Counter("cettar_requests", "Answers, by route, method and status", ("route", "method", "status"),
                   registry=REGISTRY)
SECONDS = Histogram("cettar_request_seconds", "Time to answer, in seconds", ("route",), registry=REGISTRY,
                    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10))
INTAKES = Counter("cettar_intakes", "Complaints sent in, by what became of them", ("outcome",),
                  registry=REGISTRY)
PULSES = Counter("cettar_pulses", "Changes that this process learnt of, by topic", ("topic",),
                 registry=REGISTRY)
SOCKETS = Gauge("cettar_sockets_open", "Pages that follow live over a socket now", registry=REGISTRY)
JOB_RUNS = Counter("cettar_job_runs", "Runs that this process made, by job and outcome", ("job", "outcome"),
                   registry=REGISTRY)
JOB_SECONDS = Counter("cettar_job_seconds", "Time that runs took in this process, in seconds", ("job",),
                      registry=REGISTRY)
JOB_SUCCESS = Gauge("cettar_job_last_success_timestamp_seconds", "End of each job's last success, Unix time",
                    ("job",), registry=REGISTRY)
JOB_LATE = Gauge("cettar_job_late", "1 where a job's last success is older than it may be", ("job",),
                 registry=REGISTRY)
DISK_FREE = Gauge("cettar_disk_free_bytes", "Room left where the data are kept", registry=REGISTRY)
DATABASE_UP = Gauge("cettar_database_up", "1 when the database answers", registry=REGISTRY)
PROCESS = Gauge("cettar_process_info", "The process that answered", ("process",), registry=REGISTRY)

_routes: set[str] = set()


def observe_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count an answer; `route` is the pattern ("/aduan/{number}"), never the address asked."""
    if route not in _routes:
        if len(_routes) >= ROUTES_AT_MOST:
            route = "other"
        _routes.add(route)
    REQUESTS.labels(route, method if method in METHODS else "OTHER", str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def count_intake(outcome: str) -> None:
    """Count a complaint sent in: "accepted", "repeated", "refused", "busy"."""
    INTAKES.labels(outcome).inc()


def count_pulse(topic: str) -> None:
    """Count a change that this process learnt of."""
    PULSES.labels(topic).inc()


def socket_opened() -> None:
    """Count a socket that opened."""
    SOCKETS.inc()


def socket_closed() -> None:
    """Count a socket that closed."""
    SOCKETS.dec()


def count_job_run(job: str, outcome: str, seconds: float) -> None:
    """Count a run that ended in this process."""
    JOB_RUNS.labels(job, outcome).inc()
    JOB_SECONDS.labels(job).inc(seconds)


def show_job(job: str, last_success: datetime | None, late: bool) -> None:
    """Set how fresh a job is; without a success yet, only whether it is late."""
    JOB_LATE.labels(job).set(late)
    if last_success is not None:
        JOB_SUCCESS.labels(job).set(last_success.timestamp())


def show_health(database_up: bool, disk_free: int) -> None:
    """Set what /healthz found: whether the database answers, bytes left on the disk."""
    DATABASE_UP.set(database_up)
    DISK_FREE.set(disk_free)
    PROCESS.labels(process_label()).set(1)


def exposition() -> tuple[bytes, str]:
    """Everything counted, as Prometheus reads it, with its content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
