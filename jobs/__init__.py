"""Background jobs: a timetable, the scheduler that keeps it, and one doorbell a job."""
