-- Before the copy: what is there, and what regsync is told to copy. After it: is it there? Nothing is deleted.
-- SOURCE, TARGET    hosts and ports
-- REPOSITORIES      patterns: "*" is one part of a name, "**" one or more
-- OVERWRITE         "true" to replace tags that name another digest at the target
-- DOCKER_CONFIG     the folder of what is written; FILES is that of these files
local work, files = os.getenv("DOCKER_CONFIG"), os.getenv("FILES")
local source, target = os.getenv("SOURCE"), os.getenv("TARGET")
local overwrite = os.getenv("OVERWRITE") == "true"
local MANIFESTS = {
  ["application/vnd.oci.image.index.v1+json"] = true,
  ["application/vnd.docker.distribution.manifest.list.v2+json"] = true,
  ["application/vnd.oci.image.manifest.v1+json"] = true,
  ["application/vnd.docker.distribution.manifest.v2+json"] = true,
}
-- Tables: after an error that was caught, functions no longer see each other's plain variables.
local sum = { repositories = 0, tags = 0, copied = 0, same = 0, kept = 0, moved = 0, manifests = 0, blobs = 0,
  bytes = 0, failures = 0, started = os.time() }

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

local function is_refused(problem)
  local text = tostring(problem)
  return string.find(text, "[http 400]", 1, true) or string.find(text, "[http 405]", 1, true)
end

-- regclient follows a registry's links to further pages of tags. Not every one takes a tag as where to go on, as ECR, whose
-- links have a token there: it has no more. Others may have more, if what there is may be whole pages.
local function page_of_tags(name, options, _, found)
  local ok, page = pcall(tag.ls, name, options)
  if ok then return page end
  if options.last and is_refused(page) and not is_of_further_page(page) then
    if #found % 10 ~= 0 or string.find(name, "^[%w.-]+%.amazonaws%.com[%w.]*/") or string.find(name, "^public%.ecr%.aws/") then
      return {}
    end
    error("the list of tags ends after " .. #found .. " and may have more: " .. reason_of(page), 0)
  end
  error(page, 0)
end

local function tags_at(address)
  return tags_of(address, page_of_tags)
end

-- A catalog that does not go on, or repeats itself when it is asked to, as Quay's, may have more repositories. It has not if
-- it repeats itself whole, also where one name is asked for: such a registry, as zot, has no pages.
local function page_of_repositories(name, options, seen, found)
  local ok, page = pcall(repo.ls, name, options)
  local ends = options.last and "the source's catalog ends after " .. #found .. " repositories and may have more: name the repositories"
  if not ok then
    if options.last and (is_refused(page) or is_gone(page)) then error(ends .. " (" .. reason_of(page) .. ")", 0) end
    error(page, 0)
  end
  if not options.last or #page == 0 then return page end
  for _, one in ipairs(page) do
    if not seen[one] then return page end
  end
  local single, whole = pcall(repo.ls, name, { limit = 1 })
  if single and #page == #found and #whole == #found and #found % 50 ~= 0 then return {} end
  error(ends, 0)
end

-- In portions: regbot's Lua has room for 5,120 values at once.
local function joined(list, between)
  local parts = {}
  for first = 1, #list, 1000 do
    parts[#parts + 1] = table.concat(list, between, first, math.min(first + 999, #list))
  end
  return table.concat(parts, between)
end

-- How many pulls the source leaves, where it counts them, as Docker Hub: regsync waits for more before the last of them.
local limits = {}
local function limits_of(name, one)
  if limits.least or not one then return end
  local ok, left = pcall(function() return manifest.head(source .. "/" .. name .. ":" .. one):ratelimit() end)
  if not ok or not left.Set then return end
  limits.least = math.min(40, math.floor(left.Limit / 2))
  print(string.format("%s leaves %d of %d pulls. The copy waits while there are fewer than %d", source, left.Remain,
    left.Limit, limits.least))
end

-- Whether a tag that was not found is still in the list.
local lists = {}
local function is_listed(address, one)
  if lists[address] and not lists[address][one] then return false end
  local names = {}
  for _, name in ipairs(tags_at(address) or {}) do names[name] = true end
  lists[address] = names
  return names[one] == true
end

-- A name of a server that can't be one, for the log and the plan.
local function printable(text)
  return (string.gsub(string.sub(text, 1, 80), "[^%w._/-]", "?"))
end

-- Whether a pattern of repositories, as a list of its parts, is for a name.
local function is_for(pattern, name, i, j)
  if i > #pattern or j > #name then return i > #pattern and j > #name end
  if pattern[i] == "**" then
    for last = j, #name do
      if is_for(pattern, name, i + 1, last + 1) then return true end
    end
    return false
  end
  return (pattern[i] == "*" or pattern[i] == name[j]) and is_for(pattern, name, i + 1, j + 1)
end

local function parts(name)
  local found = {}
  for part in string.gmatch(name, "[^/]+") do found[#found + 1] = part end
  return found
end

-- The list of what refers to an image, where a registry has no API of referrers. It grows with each signature.
local function is_list_of_referrers(name)
  return string.match(name, "^sha256%-%x+$") ~= nil and #name == 71
end

-- Names go into a file for regsync, which expands templates: only what may be a name is taken from a server.
local function is_name(name, pattern, longest)
  return #name <= longest and string.match(name, pattern) ~= nil
end

-- The repositories, and whether they were named and not found in the catalog. Names that can't be read are failures.
local function repositories(lines)
  local patterns, found, named = {}, {}, not string.find(os.getenv("REPOSITORIES"), "*", 1, true)
  for pattern in string.gmatch(os.getenv("REPOSITORIES"), "%S+") do patterns[#patterns + 1] = pattern end
  if named then return patterns, true end
  for _, name in ipairs(all(page_of_repositories, source)) do
    local valid = is_name(name, "^[a-z0-9][a-z0-9._/-]*$", 255)
    for _, pattern in ipairs(patterns) do
      if name == "" or is_for(parts(pattern), parts(name), 1, 1) then
        if valid then
          found[#found + 1] = name
        else
          complain("the source lists " .. printable(name) .. ", which can't be a repository")
          lines[#lines + 1] = table.concat({ printable(name), "*", "-", "unread" }, "\t")
        end
        break
      end
    end
  end
  return found, false
end

local function escaped(text)
  return (string.gsub(text, "%.", "\\\\."))
end

-- Whether all that an image names is at the target. Raises an error for the first that is not.
local function visit(name, digest, seen)
  if seen[digest] then return end
  local address = target .. "/" .. name
  local m = manifest.getList(address .. "@" .. digest)
  for _, child in ipairs(m.manifests or {}) do
    if MANIFESTS[child.mediaType] then visit(name, child.digest, seen) end
  end
  local blobs = m.layers and { m.config, unpack(m.layers) } or {}
  for _, blob_ in ipairs(blobs) do
    local external = blob_.urls and #blob_.urls > 0
    if not external and not seen[blob_.digest] then
      blob.head(address, blob_.digest)
      seen[blob_.digest] = true
      sum.blobs, sum.bytes = sum.blobs + 1, sum.bytes + blob_.size
    end
  end
  seen[digest] = true
  sum.manifests = sum.manifests + 1
end

-- What regsync is told of a repository or an image.
local function step(name, one, what)
  return string.format('{"source":"%s/%s%s","target":"%s/%s%s","type":%s}', source, name, one, target, name, one, what)
end

-- Plans one repository: its lines, and the steps of regsync. Says whether it has a tag.
local function plan_repository(name, named, lines, steps)
  local tags = tags_at(source .. "/" .. name)
  if tags == nil or #tags == 0 then
    if named then complain(name .. ": the source has no such repository, or no tag in it") end
    return false
  end
  local there, deny, seen = {}, {}, {}
  for _, one in ipairs(tags_at(target .. "/" .. name) or {}) do there[one] = true end
  local counts = { new = 0, same = 0, kept = 0 }
  limits_of(name, tags[1])
  for _, one in ipairs(tags) do
    local valid = is_name(one, "^[%w_][%w_.-]*$", 128)
    local ok, digest = false, nil
    if valid then ok, digest = pcall(digest_or_nil, source .. "/" .. name .. ":" .. one) end
    if not ok then
      lines[#lines + 1] = table.concat({ name, printable(one), "-", "unread" }, "\t")
    elseif digest == nil then
      if is_listed(source .. "/" .. name, one) then
        lines[#lines + 1] = table.concat({ name, one, "-", "lost" }, "\t")
      end
    else
      local its = there[one] and digest_or_nil(target .. "/" .. name .. ":" .. one) or nil
      local state = "new"
      if its == digest then
        local whole, problem = pcall(visit, name, digest, seen)
        if not whole and not is_gone(problem) then error(problem, 0) end
        if whole then state = "same" else steps[#steps + 1] = step(name, ":" .. one, '"image","forceRecursive":true') end
      elseif its ~= nil and not overwrite then
        state = is_list_of_referrers(one) and "merged" or "kept"
        deny[#deny + 1] = '"' .. escaped(one) .. '"'
      end
      counts[state] = (counts[state] or 0) + 1
      lines[#lines + 1] = table.concat({ name, one, digest, state }, "\t")
    end
  end
  print(string.format("%s: %d tags, %d to copy, %d there already%s", name, #tags, counts.new, counts.same,
    counts.kept > 0 and string.format(", %d are other images there and stay", counts.kept) or ""))
  steps[#steps + 1] = step(name, "", string.format('"repository","tags":{"deny":[%s]}', joined(deny, ",")))
  return true
end

local function write(name, text)
  local file = assert(io.open(work .. "/" .. name, "w"))
  file:write(text)
  file:close()
end

local function read(path)
  local file = assert(io.open(path))
  local text = file:read("*a")
  file:close()
  return text
end

local function plan()
  print(string.format("From %s to %s", source, target))
  local lines, steps = { "started\t" .. os.time() }, {}
  local list, named = repositories(lines)
  for _, name in ipairs(list) do
    local ok, found = pcall(plan_repository, name, named, lines, steps)
    if not ok then
      -- Without an answer there will be none for the others either.
      if not string.find(tostring(found), "[http ", 1, true) then error(found, 0) end
      complain(name .. ": " .. reason_of(found))
      lines[#lines + 1] = table.concat({ name, "*", "-", "unread" }, "\t")
    elseif not found and named then
      lines[#lines + 1] = table.concat({ name, "*", "-", "unread" }, "\t")
    end
  end
  -- A copy of nothing would be taken for a backup.
  if #lines == 1 then
    error(string.format("the source has no %s like this: %s", #list == 0 and "repository" or "tag in any repository",
      os.getenv("REPOSITORIES")), 0)
  end
  if #steps == 0 and sum.failures > 0 then error("nothing can be copied", 0) end
  write("plan", joined(lines, "\n") .. "\n")
  write("regsync.json", '{"version":1,"creds":' .. read(files .. "/creds.json")
    .. ',"defaults":{"parallel":2,"referrers":true' .. (limits.least and ',"ratelimit":{"min":' .. limits.least .. ',"retry":"5m"}' or "")
    .. '},"sync":[' .. joined(steps, ",") .. "]}")
end

-- Whether a list of referrers at the target has all that the source's has.
local function has_all(name, one)
  local there = {}
  for _, child in ipairs(manifest.getList(target .. "/" .. name .. ":" .. one).manifests or {}) do
    there[child.digest] = true
  end
  for _, child in ipairs(manifest.getList(source .. "/" .. name .. ":" .. one).manifests or {}) do
    if not there[child.digest] then error("lacks the referrer " .. child.digest, 0) end
  end
end

local function compare_tag(name, one, digest, state, seen)
  local its = digest_or_nil(target .. "/" .. name .. ":" .. one)
  if state == "kept" and its ~= digest then
    sum.kept = sum.kept + 1
    error("the target has another image under this tag. It stays, unless overwrite is true", 0)
  end
  if state == "merged" and its ~= nil then
    has_all(name, one)
    visit(name, its, seen)
    sum.copied = sum.copied + 1
    return
  end
  if its ~= digest then
    local now = digest_or_nil(source .. "/" .. name .. ":" .. one)
    if now == nil and is_listed(source .. "/" .. name, one) then
      error("is listed by the source, which no longer has its manifest", 0)
    end
    if now ~= digest and (now == nil or its == nil or its ~= now) then
      sum.moved = sum.moved + 1
      print("  changed meanwhile: " .. name .. ":" .. one .. (now and ". The next run copies it" or " is deleted"))
      return
    end
    if its == nil then error("is not at the target. The container \"copy\" says why", 0) end
    if its ~= now then error("is " .. its .. " at the target and " .. digest .. " at the source", 0) end
  end
  visit(name, its, seen)
  if state == "same" then sum.same = sum.same + 1 else sum.copied = sum.copied + 1 end
end

-- Lists of referrers that the source did not give: regsync took it for one that has none.
local function complain_of_referrers()
  local file = io.open(work .. "/referrers")
  if file == nil then return end
  local lines = {}
  for line in file:lines() do lines[#lines + 1] = line end
  file:close()
  table.sort(lines)
  for _, line in ipairs(lines) do
    local name, answer = string.match(line, "^(.-)\t(.*)$")
    complain(string.format("%s: the source was asked what refers to its images, such as signatures, and answered %s. "
      .. "They may be missing", printable(name), answer))
  end
end

local function compare()
  local last, seen = nil, {}
  for line in io.lines(work .. "/plan") do
    local name, one, digest, state = string.match(line, "^(.-)\t(.-)\t(.-)\t(.-)$")
    if name == nil then
      sum.started = tonumber(string.match(line, "^started\t(%d+)$"))
    else
      if name ~= last then
        last, seen = name, {}
        sum.repositories = sum.repositories + 1
      end
      if one ~= "*" then sum.tags = sum.tags + 1 end
      if state == "unread" then
        complain(name .. ":" .. one .. " could not be read")
      elseif state == "lost" then
        complain(name .. ":" .. one .. ": is listed by the source, which has no manifest for it")
      else
        local ok, problem = pcall(compare_tag, name, one, digest, state, seen)
        if not ok then complain(name .. ":" .. one .. ": " .. reason_of(problem)) end
      end
    end
  end
  if sum.tags > 0 and sum.tags == sum.moved then complain("nothing is copied: all tags changed meanwhile") end
  -- What refers to an image and has no tag is in no list of the plan.
  complain_of_referrers()
  if sum.failures == 0 and io.open(work .. "/not-all") then
    complain("what refers to an image, such as a signature," .. (sum.moved > 0 and " or a tag that changed meanwhile," or "")
      .. " could not be copied. The container \"copy\" says what")
  end
end

local compares = ...
local ok, problem = pcall(compares and compare or plan)
if not ok then complain(reason_of(problem)) end
if compares then
  if sum.failures == 0 then
    print(string.format("All %d tags of %d repositories are at the target, with all that they name.",
      sum.tags - sum.moved, sum.repositories))
  else
    print("Run it again: it copies what is missing.")
  end
  print(string.format('{"repositories":%d,"tags":%d,"copied":%d,"same":%d,"kept":%d,"moved":%d,"manifests":%d,'
    .. '"blobs":%d,"bytes":%.0f,"failures":%d,"seconds":%d}', sum.repositories, sum.tags, sum.copied, sum.same,
    sum.kept, sum.moved, sum.manifests, sum.blobs, sum.bytes, sum.failures, os.time() - sum.started))
end
if not ok or (compares and sum.failures > 0) then os.exit(1) end
