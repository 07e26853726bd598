// What registries of other kinds do otherwise, for the script of a copy: how lists go on, how long they are, and how many
// pulls they leave.
// In Lua.

/** A part of copy.lua, which has `source`. */
export const SOURCES_LUA = `local function is_refused(problem)
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
`;
