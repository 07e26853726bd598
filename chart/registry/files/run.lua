-- Reads each repository that a rule is for, says what stays and why, and deletes the rest.
local folder = os.getenv("RETENTION")
local P = dofile(folder .. "/plan.lua")
local settings = dofile(folder .. "/rules.lua")
local registry = os.getenv("REGISTRY")
local dry_run = os.getenv("DRY_RUN") ~= "false"
local now = os.time()
-- A table: after an error that was caught, functions no longer see each other's plain variables.
local sum = { repositories = 0, tags = 0, deletedTags = 0, deletedManifests = 0, failures = 0 }

local function complain(text)
  sum.failures = sum.failures + 1
  print("FAILED: " .. text)
end

-- Of a URL the host, and what of its path is of the API: the rest may be a key to storage.
local function without_keys(scheme, rest)
  local host, path = string.match(string.gsub(rest, "^[^/]*@", ""), "^([^/?#]*)([^?#]*)")
  if string.sub(path, 1, 4) ~= "/v2/" then path = "" end
  return scheme .. host .. path .. (#host + #path < #rest and "/..." or "")
end

-- What an error says, without the place in the script and the trace behind it.
local function reason_of(problem)
  local text = string.gsub(string.sub(tostring(problem), 1, 2000), "\nstack traceback.*$", "")
  -- JSON in an error may be escaped, and more than once.
  text = string.gsub(string.gsub(text, "\\+u0026", "&"), "\\+/", "/")
  text = string.gsub(text, "(%a+://)([^%s\"\\<>]+)", without_keys)
  return (string.gsub(string.gsub(text, "^[^ ]*:%d+: ", ""), "%s+", " "))
end

local function is_gone(problem)
  return string.find(tostring(problem), "[http 404]", 1, true) ~= nil
end

-- Whether it is the registry that does not know it, and not a proxy before it: whose 404 says nothing about images.
local function is_unknown(problem)
  local code = string.match(tostring(problem), '%[http 404%].*"errors".*"code"%s*:%s*"([%u_]+)"')
  return code == "MANIFEST_UNKNOWN" or code == "NAME_UNKNOWN" or code == "NOT_FOUND"
end

-- Of a page by a link, which regclient follows itself.
local function is_of_further_page(problem)
  return string.find(tostring(problem), "tag list failed to get Link", 1, true) ~= nil
end

-- A list in pages: asks on until nothing new comes. "ls" is given what was found before.
local function all(ls, name, found)
  found = found or {}
  local seen, more = {}, true
  while more do
    more = false
    for _, one in ipairs(ls(name, { last = found[#found] }, seen, found)) do
      if not seen[one] then
        seen[one], more = true, true
        found[#found + 1] = one
      end
    end
  end
  table.sort(found)
  return found
end

-- Tags of a repository; nil if there is none of this name, which registries say of an empty one, too. "ls" asks for a page.
local function tags_of(address, ls)
  local found = {}
  local ok, problem = pcall(all, ls or tag.ls, address, found)
  if ok then return found end
  -- A further page that is not found is no repository that is not there.
  if #found == 0 and is_unknown(problem) and not is_of_further_page(problem) then return nil end
  error(problem, 0)
end

local function digest_of(reference)
  return manifest.descriptor(manifest.head(reference)).digest
end

-- The digest that a tag names, or nil. An answer to HEAD does not say who found nothing, one to GET does.
local function digest_or_nil(reference)
  local ok, found = pcall(digest_of, reference)
  if ok then return found end
  if not is_gone(found) then error(found, 0) end
  ok, found = pcall(manifest.getList, reference)
  if ok then return manifest.descriptor(found).digest end
  if is_unknown(found) then return nil end
  error(found, 0)
end

-- Images in pods of the cluster, by "repository:tag" and by digest. The host before a repository may be any.
local function read_running(path)
  local running = { tags = {}, digests = {}, of = {} }
  if path == nil then return running end
  local complete = false
  for line in io.lines(path) do
    complete = line == "complete"
    local name = string.gsub(line, "^.*://", "")
    local before, digest = string.match(name, "^(.-)@(sha%d+:%x+)$")
    name = before or name
    if not digest and not string.find(name, ":[^/]+$") then name = name .. ":latest" end
    for _, one in ipairs({ name, (string.gsub(name, "^[^/]+/", "", 1)) }) do
      running.tags[one] = true
      local repository = string.gsub(one, ":[^/]+$", "")
      running.of[repository] = running.of[repository] or {}
      if digest then running.of[repository][digest] = true end
    end
    if digest or string.match(name, "^sha%d+:%x+$") then running.digests[digest or name] = true end
  end
  if not complete then error("the list of images in the cluster is not complete", 0) end
  return running
end

local function date_of(node)
  return node.date and os.date("!%Y-%m-%d", math.floor(node.date)) or "no date   "
end

local function report(state, number)
  local deleted, width = 0, 0
  for _, tag in ipairs(state.list) do
    if not state.why[tag] then deleted = deleted + 1 end
    width = math.max(width, #tag)
  end
  print("")
  print(string.format("%s: rule %d, %d of %d tags %s", state.name, number, deleted, #state.list,
    dry_run and "would be deleted" or "to delete"))
  for _, tag in ipairs(state.list) do
    local digest, why = state.tags[tag], state.why[tag]
    local because = why or (state.followers[tag] and "what it belongs to is deleted") or "no rule keeps it"
    print(string.format("  %s  %-" .. math.min(width, 90) .. "s  %s  %s  %s", why and "keep  " or "DELETE", tag,
      string.sub(string.gsub(digest, "^.*:", ""), 1, 12), date_of(state.nodes[digest]), because))
  end
  return deleted
end

-- Tags to delete, each after those that belong to its image: an interrupted run leaves no signature without one.
local function in_order(state)
  local belonging, order, done = {}, {}, {}
  for _, tag in ipairs(state.list) do
    local subject = state.followers[tag]
    if subject then
      belonging[subject] = belonging[subject] or {}
      table.insert(belonging[subject], tag)
    end
  end
  local function visit(tag)
    if done[tag] or state.why[tag] then return end
    done[tag] = true
    local its = {}
    P.add(state, state.tags[tag], its)
    for digest in pairs(its) do
      for _, other in ipairs(belonging[digest] or {}) do visit(other) end
    end
    order[#order + 1] = tag
  end
  for _, tag in ipairs(state.list) do
    if not state.followers[tag] then visit(tag) end
  end
  for _, tag in ipairs(state.list) do visit(tag) end
  return order
end

-- All digests that tags of this moment name, but for tags that are let go.
local function named_now(state, released)
  local named = {}
  for _, name in ipairs(tags_of(state.address) or {}) do
    local digest = digest_of(state.address .. ":" .. name)
    if released[name] ~= digest then
      if not state.nodes[digest] then P.read(state, "@" .. digest) end
      P.add(state, digest, named)
    end
  end
  for digest in pairs(state.kept) do named[digest] = true end
  return named
end

-- Deletes manifests that no tag names, those first that name others.
local function delete_manifests(state, doomed, released)
  local named = named_now(state, released)
  local levels, list = {}, {}
  local function visit(digest, level)
    if (levels[digest] or 0) >= level then return end
    levels[digest] = level
    for _, child in ipairs(state.nodes[digest].children) do visit(child, level + 1) end
  end
  for digest in pairs(doomed) do
    if not named[digest] then
      visit(digest, 1)
      list[#list + 1] = digest
    end
  end
  table.sort(list, function(a, b)
    if levels[a] ~= levels[b] then return levels[a] < levels[b] end
    return a < b
  end)
  for _, digest in ipairs(list) do
    local ok, problem = pcall(function()
      local m = manifest.getList(state.address .. "@" .. digest)
      m:delete()
    end)
    if not ok and not is_unknown(problem) then error(problem, 0) end
    doomed[digest] = nil
    sum.deletedManifests = sum.deletedManifests + 1
  end
end

-- Lets go of one tag, if it still names what it named. Says whether it does not stay.
local function release(state, name, released)
  local planned, reference = state.tags[name], state.address .. ":" .. name
  local digest = digest_or_nil(reference)
  if digest == nil then return true end
  if digest ~= planned then
    print("  kept after all: " .. state.name .. ":" .. name .. " is another image since")
    return false
  end
  released[name] = planned
  if not state.tagDeletion then return true end
  local deleted, problem = pcall(tag.delete, reference)
  if not deleted and not (is_gone(problem) and digest_or_nil(reference) == nil) then error(problem, 0) end
  return true
end

-- Manifests whose tags are gone can't be found again: a registry that is read-only meanwhile is waited for.
local function finish(state, doomed, released)
  local problem
  for attempt = 1, settings.attempts do
    local ok
    ok, problem = pcall(delete_manifests, state, doomed, released)
    if ok then return nil end
    if string.find(tostring(problem), "http 40[13]") then break end
    if attempt < settings.attempts and os.execute("sleep " .. settings.pause) ~= 0 then break end
  end
  return problem
end

local function delete(state)
  local order, released = in_order(state), {}
  local size = math.max(20, math.ceil(#order / 10))
  for from = 1, #order, size do
    local doomed, problem = {}, nil
    for i = from, math.min(from + size - 1, #order) do
      local ok, gone = pcall(release, state, order[i], released)
      if not ok then problem = gone break end
      if gone then
        sum.deletedTags = sum.deletedTags + 1
        P.add(state, state.tags[order[i]], doomed)
      end
    end
    for digest in pairs(state.kept) do doomed[digest] = nil end
    local second = next(doomed) and finish(state, doomed, state.tagDeletion and {} or released)
    if problem or second then error(problem or second, 0) end
  end
end

local function handle(repository, running)
  local rule, number = P.rule_for(settings.rules, repository)
  if rule == nil then
    print("")
    print(repository .. ": no rule, nothing is deleted")
    return
  end
  local address = registry .. "/" .. repository
  local state = { name = repository, address = address, now = now, nodes = {}, tags = {},
    dates = rule.dates, tagDeletion = settings.tagDeletion }
  state.list = tags_of(address) or {}
  for _, name in ipairs(state.list) do state.tags[name] = P.read(state, ":" .. name) end
  -- An image that runs, and that no tag names any more: what it names stays, too.
  for digest in pairs(running.of[repository] or {}) do
    if not state.nodes[digest] then
      local ok, problem = pcall(P.read, state, "@" .. digest)
      if not ok and not is_unknown(problem) then error(problem, 0) end
    end
  end
  P.decide(state, rule, running)
  sum.repositories = sum.repositories + 1
  sum.tags = sum.tags + #state.list
  local deleted = report(state, number)
  if dry_run then sum.deletedTags = sum.deletedTags + deleted else delete(state) end
end

local function run()
  local running = read_running(os.getenv("RUNNING"))
  local repositories = settings.names or all(repo.ls, registry)
  for _, repository in ipairs(repositories) do
    local ok, problem = pcall(handle, repository, running)
    if not ok then complain(repository .. ": " .. reason_of(problem)) end
  end
end

if dry_run then print("A dry run: nothing is deleted.") end
local ok, problem = pcall(run)
if not ok then complain(reason_of(problem)) end
print("")
if sum.failures > 0 then
  print("In what failed, nothing more is deleted. The next run tries again.")
end
print(string.format(
  '{"dryRun":%s,"repositories":%d,"tags":%d,"deletedTags":%d,"deletedManifests":%d,"failures":%d,"seconds":%d}',
  tostring(dry_run), sum.repositories, sum.tags, sum.deletedTags, sum.deletedManifests, sum.failures, os.time() - now))
if sum.failures > 0 then os.exit(1) end
