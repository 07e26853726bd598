// How patterns of repositories are compared with names. In Lua, as regbot runs it.

/** A part of plan.lua and of copy.lua: "*" is one part of a name, "**" one or more. */
export const PATTERNS_LUA = `-- Whether a pattern of repositories, as a list of its parts, is for a name.
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
`;
