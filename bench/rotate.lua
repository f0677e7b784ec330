-- Asks with each body of a file in turn, over and over, and says in JSON how it went.
-- wrk ... -s rotate.lua URL -- FILE START    (one body a line; the first START bodies come last)
-- Who asks shows the token in the environment, if there is one: a command line is read by anybody.

local requests = {}
local turn = 0

local function headers()
  local token = os.getenv("BENCH_TOKEN")
  return {
    ["Content-Type"] = "application/json",
    ["Authorization"] = token and "Bearer " .. token,
  }
end

function init(arguments)
  -- Every request is put together ahead of time, so that wrk costs as little as it can.
  for body in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("POST", "/graphql", headers(), body)
  end
  turn = tonumber(arguments[2])
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(
    string.format(
      '\n{"requests": %d, "microseconds": %d, "failed": %d}\n',
      summary.requests,
      summary.duration,
      failed
    )
  )
end
