/** What Redis does at once, with nobody in between: scripts in Lua. */

/** Whether an attempt at a campaign is open, by the last of the keys. */
const IS_OPEN = (id: string, attempt: string): string =>
  `string.find(redis.call('HGET', KEYS[#KEYS], ${id}) or '', ${attempt}, 1, true)`;

/** Keeps a result, unless there is one, or the campaign is over. */
export const PUT = `if ${IS_OPEN('ARGV[3]', 'ARGV[4]')} then redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) end`;

/** Adds to what is shared, unless enough leads to the same. */
export const SHARE = `
local count = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
if count < tonumber(ARGV[5]) and ${IS_OPEN('ARGV[3]', 'ARGV[4]')} then
  redis.call('HSET', KEYS[2], ARGV[1], count + 1)
  redis.call('RPUSH', KEYS[1], ARGV[2])
end`;

/** Takes an attempt out of those that are open. */
export const CLOSE = `if ${IS_OPEN('ARGV[1]', 'ARGV[2]')} then redis.call('HDEL', KEYS[1], ARGV[1]) end`;

/** Fields of a hash, none of them longer than asked for: those are empty. */
export const BOUNDED = `
local out = {}
for i = 2, #ARGV do
  local length = redis.call('HSTRLEN', KEYS[1], ARGV[i])
  if length == 0 then out[#out + 1] = false
  elseif length > tonumber(ARGV[1]) then out[#out + 1] = ''
  else out[#out + 1] = redis.call('HGET', KEYS[1], ARGV[i]) end
end
return out`;

/** Keeps a prefix, unless one is kept that goes further. */
export const LONGER = `
local before = tonumber(redis.call('HGET', KEYS[1], 'upTo') or '-1')
if tonumber(ARGV[1]) > before then redis.call('HSET', KEYS[1], 'upTo', ARGV[1], 'text', ARGV[2]) end
return 1`;

/** A prefix that goes further, and is not too long. */
export const BEYOND = `
local upTo = tonumber(redis.call('HGET', KEYS[1], 'upTo') or '-1')
if upTo <= tonumber(ARGV[1]) or redis.call('HSTRLEN', KEYS[1], 'text') > tonumber(ARGV[2]) then return false end
return redis.call('HGET', KEYS[1], 'text')`;

/** Values begin with the second in which they were noted, by the clock of Redis. */
export const NOTE = `
local now = tonumber(redis.call('TIME')[1])
if ARGV[1] ~= '' then redis.call('HSET', KEYS[1], ARGV[1], string.format('%d', now) .. ' ' .. ARGV[2]) end`;

/** Lists those that were noted lately, and forgets the others. */
export const BEAT = `${NOTE}
local out = {}
if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[4]) then return out end
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local at, value = string.match(all[i + 1], '^(%d+) (.*)$')
  if at == nil or now - tonumber(at) > tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], all[i])
  else out[#out + 1] = value end
end
return out`;
