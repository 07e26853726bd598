// The part of the script that decides which tags and manifests of a repository stay. In Lua, as regbot runs it.
import { PATTERNS_LUA } from '../lua/patterns';

/** plan.lua: reads manifests, and says why each tag is kept. */
export const PLAN_SCRIPT = `-- What is kept, and why. Nothing here deletes.

-- Manifests that it can read. In a repository with another one it deletes nothing.
local LISTS = {
  ["application/vnd.oci.image.index.v1+json"] = true,
  ["application/vnd.docker.distribution.manifest.list.v2+json"] = true,
}
local IMAGES = {
  ["application/vnd.oci.image.manifest.v1+json"] = true,
  ["application/vnd.docker.distribution.manifest.v2+json"] = true,
}
-- What regbot puts in the place of a tag before it deletes it, where the registry takes no DELETE of a tag.
local EMPTY = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
local CONFIGS = {
  ["application/vnd.oci.image.config.v1+json"] = true,
  ["application/vnd.docker.container.image.v1+json"] = true,
}

local P = {}

-- Seconds since 1970 of a date with a time zone.
function P.seconds(text)
  local y, m, d, hour, minute, second, rest =
    string.match(text or "", "^(%d%d%d%d)-(%d%d)-(%d%d)[T ](%d%d):(%d%d):(%d%d)(.*)$")
  if y == nil then return nil end
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if m <= 2 then y, m = y - 1, m + 12 end
  local days = 365 * y + math.floor(y / 4) - math.floor(y / 100) + math.floor(y / 400)
    + math.floor((153 * (m - 3) + 2) / 5) + d - 1 - 719468
  local sign, hours, minutes = string.match(rest, "([+-])(%d%d):?(%d%d)")
  local offset = sign and (tonumber(hours) * 60 + tonumber(minutes)) * (sign == "-" and -60 or 60) or 0
  local fraction = tonumber("0" .. (string.match(rest, "^%.%d+") or "")) or 0
  return days * 86400 + tonumber(hour) * 3600 + tonumber(minute) * 60 + tonumber(second) + fraction - offset
end

${PATTERNS_LUA}
-- The first rule for a repository, and its number.
function P.rule_for(rules, repository)
  for number, rule in ipairs(rules) do
    for _, pattern in ipairs(rule.repositories) do
      if is_for(parts(pattern), parts(repository), 1, 1) then return rule, number end
    end
  end
end

-- Whether one of the patterns is a tag's; the pattern too. No patterns are all tags.
local function matches(tag, patterns)
  if patterns == nil then return true end
  for _, pattern in ipairs(patterns) do
    local lua = string.gsub(string.gsub(pattern, "[^%w*]", "%%%0"), "%*", ".*")
    if string.match(tag, "^" .. lua .. "$") then return true, pattern end
  end
  return false
end

-- Numbers and what follows them, of a tag like v1.2.3-rc1.
local function version_of(tag)
  local numbers, rest = string.match(tag, "^v?(%d[%d.]*)(.*)$")
  if numbers == nil or not (rest == "" or string.match(rest, "^[-_]")) then return nil end
  local version = { rest = rest }
  for number in string.gmatch(numbers, "%d+") do version[#version + 1] = tonumber(number) end
  return version
end

-- Digits in a text compare as numbers: rc10 is above rc9.
local function natural(text)
  return (string.gsub(text, "%d+", function(digits) return string.rep("0", 20 - #digits) .. digits end))
end

local function is_higher(a, b)
  for i = 1, math.max(#a, #b) do
    local one, other = a[i] or -1, b[i] or -1
    if one ~= other then return one > other end
  end
  if a.rest ~= b.rest and (a.rest == "" or b.rest == "") then return a.rest == "" end
  return natural(a.rest) > natural(b.rest)
end

local function latest(a, b)
  return (a and b) and math.max(a, b) or a or b
end

-- Reads a manifest and all that it names. Raises an error if one of them is not there.
function P.read(state, reference)
  local m = manifest.getList(state.address .. reference)
  local descriptor = manifest.descriptor(m)
  local digest, kind = descriptor.digest, descriptor.mediaType
  if state.nodes[digest] then return digest end
  if not LISTS[kind] and not IMAGES[kind] then
    error("has a manifest of a type that is not known: " .. reference .. " is " .. kind, 0)
  end
  local node = { digest = digest, children = {}, subject = m.subject and m.subject.digest }
  local date = P.seconds(m.annotations and m.annotations["org.opencontainers.image.created"])
  if LISTS[kind] then
    for _, child in ipairs(m.manifests or {}) do
      local its = P.read(state, "@" .. child.digest)
      node.children[#node.children + 1] = its
      date = latest(date, state.nodes[its].date)
    end
  elseif CONFIGS[m.config.mediaType] then
    local is_left = #m.layers == 1 and m.layers[1].digest == EMPTY
    if state.dates or is_left then
      local config = image.config(m)
      date = latest(date, P.seconds(config.created))
      node.left = is_left and config.config.Labels ~= nil and config.config.Labels["delete-tag"] ~= nil
    end
  end
  -- Builds that are the same each time say 1970, 1980 or nothing. A date to come is no date either.
  if date and date > 631152000 and date < state.now + 86400 then node.date = date end
  state.nodes[digest] = node
  return digest
end

-- Adds a manifest and all that it names.
function P.add(state, digest, into)
  if into[digest] then return end
  into[digest] = true
  for _, child in ipairs(state.nodes[digest].children) do P.add(state, child, into) end
end

-- The digest that a tag or its manifest says it belongs to.
local function subject_of(state, tag)
  local algorithm, hex, rest = string.match(tag, "^(sha%d+)%-(%x+)(.*)$")
  if hex and (#hex == 64 or #hex == 128) and (rest == "" or string.match(rest, "^%.[%w._-]+$")) then
    return algorithm .. ":" .. hex
  end
  local subject = state.nodes[state.tags[tag]].subject
  return state.nodes[subject or ""] and subject
end

-- Says of the images of these tags which are the first ones, by an order.
local function first(state, tags, count, order, say)
  local digests, seen = {}, {}
  table.sort(tags, order)
  for _, tag in ipairs(tags) do
    local digest = state.tags[tag]
    if not seen[digest] then
      seen[digest] = true
      digests[#digests + 1] = digest
    end
  end
  local kept = {}
  for i = 1, math.min(count, #digests) do kept[digests[i]] = true end
  for _, tag in ipairs(tags) do
    if kept[state.tags[tag]] then say(tag) end
  end
end

local KEEPS = {}

function KEEPS.everything(_, _, tags, say)
  for _, tag in ipairs(tags) do say(tag, "everything is kept") end
end

function KEEPS.tags(_, keep, tags, say)
  for _, tag in ipairs(tags) do
    local _, pattern = matches(tag, keep.tags)
    say(tag, "its tag is like " .. pattern)
  end
end

function KEEPS.age(state, keep, tags, say)
  for _, tag in ipairs(tags) do
    local date = state.nodes[state.tags[tag]].date
    if date == nil then say(tag, "it has no date")
    elseif state.now - date < keep.seconds then say(tag, "younger than " .. keep.text) end
  end
end

function KEEPS.newest(state, keep, tags, say)
  local dated = {}
  for _, tag in ipairs(tags) do
    if state.nodes[state.tags[tag]].date then dated[#dated + 1] = tag else say(tag, "it has no date") end
  end
  local function order(a, b)
    local one, other = state.nodes[state.tags[a]], state.nodes[state.tags[b]]
    if one.date ~= other.date then return one.date > other.date end
    if one.digest ~= other.digest then return one.digest < other.digest end
    return a < b
  end
  first(state, dated, keep.count, order, function(tag) say(tag, "one of the newest " .. keep.count) end)
end

function KEEPS.versions(state, keep, tags, say)
  local versions, dated = {}, {}
  for _, tag in ipairs(tags) do
    versions[tag] = version_of(tag)
    if versions[tag] then dated[#dated + 1] = tag end
  end
  local function order(a, b)
    if is_higher(versions[a], versions[b]) then return true end
    return not is_higher(versions[b], versions[a]) and a < b
  end
  first(state, dated, keep.count, order, function(tag) say(tag, "one of the highest " .. keep.count) end)
end

-- Why each tag is kept, by tag; and all digests that stay.
function P.decide(state, rule, running)
  local own, followers, why, kept = {}, {}, {}, {}
  for _, tag in ipairs(state.list) do
    local subject = subject_of(state, tag)
    if subject then followers[tag] = subject
    elseif not state.nodes[state.tags[tag]].left then own[#own + 1] = tag end
  end
  local function say(tag, reason)
    why[tag] = why[tag] and why[tag] .. ", " .. reason or reason
  end
  for _, keep in ipairs(rule.keep) do
    local tags = {}
    for _, tag in ipairs(own) do
      if matches(tag, keep.tags) then tags[#tags + 1] = tag end
    end
    KEEPS[keep.by](state, keep, tags, say)
  end
  for _, tag in ipairs(own) do
    local its = {}
    P.add(state, state.tags[tag], its)
    local runs = running.tags[state.name .. ":" .. tag]
    for digest in pairs(its) do runs = runs or running.digests[digest] end
    if runs then say(tag, "runs in the cluster") end
    if why[tag] then for digest in pairs(its) do kept[digest] = tag end end
  end
  -- What runs by a digest that no tag names any more.
  for digest in pairs(running.digests) do
    if state.nodes[digest] then P.add(state, digest, kept) end
  end
  local changed = true
  while changed do
    changed = false
    for tag, subject in pairs(followers) do
      if not why[tag] and (kept[subject] or not state.nodes[subject]) then
        why[tag] = kept[subject] and "belongs to what is kept" or "no tag names what it belongs to"
        P.add(state, state.tags[tag], kept)
        changed = true
      end
    end
  end
  -- Without DELETE of a tag, a tag stays as long as its image.
  if not state.tagDeletion then
    for tag, digest in pairs(state.tags) do
      if kept[digest] and not why[tag] then why[tag] = "the registry deletes no tag of an image that stays" end
    end
  end
  state.why, state.kept, state.followers = why, kept, followers
end

return P
`;
