"""Prefect flows, tasks and deployments, and the steps of a night that they call."""
