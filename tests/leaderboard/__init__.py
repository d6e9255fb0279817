"""The leaderboard room's tests."""
