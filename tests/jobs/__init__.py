"""Tests of the jobs: runs, leases, the scheduler, the command."""
