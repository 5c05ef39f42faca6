"""Fair procedure: statement and defence, interested parties, collective decision, recusal, joint handling, renewal."""
