// What registries of other kinds do otherwise, for the script of a copy: how lists go on, and how many pulls they leave.
// In Lua.

/** A part of copy.lua, which has `source`. */
export const SOURCES_LUA = `-- regclient follows a registry's links to further pages of tags. Not every one takes a tag as where to go on, as ECR, whose
-- links have a token there: it has no more.
local function page_of_tags(name, options)
  local ok, found = pcall(tag.ls, name, options)
  if ok then return found end
  local refused = string.find(tostring(found), "[http 400]", 1, true) or string.find(tostring(found), "[http 405]", 1, true)
  if options.last and refused then return {} end
  error(found, 0)
end

local function tags_at(address)
  return tags_of(address, page_of_tags)
end

-- A catalog that begins anew when it is asked to go on, as Quay's, has more repositories if it is as long as a page.
local catalog = {}
local function page_of_repositories(name, options)
  local found = repo.ls(name, options)
  if not options.last then
    catalog.first = found
  elseif #found > 0 and found[1] == catalog.first[1] and (#found == 50 or #found == 100) then
    error("the source's catalog ends after " .. #found .. " repositories and may have more: name the repositories", 0)
  end
  return found
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
`;
