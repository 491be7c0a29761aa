/** A process of its own that opens a database: `node open-database.ts PLACE [hold]`, PLACE as JSON. */
import { openDatabase, type Place } from '../../prisma/database.ts';

const [place = '', hold] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(place) as Place);
console.log('open');
if (hold === undefined) await database.close();
else process.stdin.resume();
