#!/usr/bin/env python3
"""five.py DIR: turns the tables that

    toll tables FILE --tables by-month,by-admin1,by-party,period-party,admin1-party --ignore claimed_by --as-written -o DIR

has made into the five plain tables that other tools are compared by: keys, then
incidents, the sums as written, and the incidents without a best figure."""
import csv, os, sys

FIVE = {'month': 'by-month', 'admin1': 'by-admin1', 'perpetrator': 'by-party',
        'month_perpetrator': 'period-party', 'admin1_perpetrator': 'admin1-party'}
KEYS = {'month': 'period', 'admin1': 'admin1', 'perpetrator': 'party'}

for name, table in FIVE.items():
    keys = name.split('_')
    with open(os.path.join(sys.argv[1], 'tables', table + '.csv'), newline='', encoding='utf-8') as f, \
         open(os.path.join(sys.argv[1], name + '.csv'), 'w', newline='', encoding='utf-8') as out:
        w = csv.writer(out, lineterminator='\n')
        w.writerow(keys + ['incidents', 'killed_low', 'killed_best', 'killed_high', 'injured_best', 'killed_unknown', 'injured_unknown'])
        for r in csv.DictReader(f):
            if r['incidents'] == '0':
                continue  # a period without incidents
            k = [r[KEYS[x]] for x in keys]
            w.writerow(['(unknown)' if x == '(unattributed)' else x for x in k] +
                       [r['incidents'], r['killed_low'], r['killed_best'], r['killed_high'], r['injured_best'],
                        int(r['killed_unknown']) + int(r['killed_no_best']), int(r['injured_unknown']) + int(r['injured_no_best'])])
