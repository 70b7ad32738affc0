// Answers questions from standard input with what feelin says, one JSON object a line each.
// A question is {"text": ...}, or {"text": ..., "value": ...} for a unary test of a value (itself FEEL).
import { createInterface } from 'node:readline';

import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime, evaluate, isFunction, unaryTest } from 'feelin';

const facts = JSON.parse(process.argv[2]);

/** A value with its kind beside it, for JSON has none for dates, durations, ranges and functions. */
function tagged(value) {
  if (value === undefined || value === null || Number.isNaN(value)) return null;
  if (value instanceof FeelDate) return { date: value.iso };
  if (value instanceof FeelTime) return { time: value.iso };
  if (value instanceof FeelDateTime) return { 'date and time': value.iso };
  if (value instanceof FeelDuration) return { duration: value.iso };
  if (value instanceof FeelRange) return range(value);
  if (isFunction(value) || typeof value === 'function') return { function: true };
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value === 'object') return { context: mapped(value) };
  return value;
}

function range(value) {
  const ends = [value.start, value.end].map(tagged);
  return { range: [value['start included'], ...ends, value['end included']] };
}

function mapped(context) {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, tagged(value)]));
}

function answer({ text, value }) {
  try {
    if (value === undefined) return { value: tagged(evaluate(text, facts).value) };
    return { value: tagged(unaryTest(text, { ...facts, '?': evaluate(value, facts).value }).value) };
  } catch (error) {
    return { error: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
