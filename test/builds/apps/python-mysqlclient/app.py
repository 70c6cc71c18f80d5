"""Loads two drivers that are compiled against libraries of the system."""
import MySQLdb
import psycopg2

print(MySQLdb.version_info[:2], psycopg2.__libpq_version__ > 100000)
