// What scripts of regbot make of the answers of registries: lists, digests, and what is not there. In Lua.

/** The beginning of copy.lua and of run.lua. */
export const ANSWERS_LUA = `-- Of a URL the host, and what of its path is of the API: the rest may be a key to storage.
local function without_keys(scheme, rest)
  local host, path = string.match(string.gsub(rest, "^[^/]*@", ""), "^([^/?#]*)([^?#]*)")
  if string.sub(path, 1, 4) ~= "/v2/" then path = "" end
  return scheme .. host .. path .. (#host + #path < #rest and "/..." or "")
end

-- What an error says, without the place in the script and the trace behind it.
local function reason_of(problem)
  local text = string.gsub(string.sub(tostring(problem), 1, 2000), "\\nstack traceback.*$", "")
  -- JSON in an error may be escaped, and more than once.
  text = string.gsub(string.gsub(text, "\\\\+u0026", "&"), "\\\\+/", "/")
  text = string.gsub(text, "(%a+://)([^%s\\"\\\\<>]+)", without_keys)
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
`;
