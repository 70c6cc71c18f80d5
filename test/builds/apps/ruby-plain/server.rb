require 'socket'

trap('TERM') { exit }
server = TCPServer.new('0.0.0.0', 18113)
# One answer for all.
loop do
  client = server.accept
  while (line = client.gets) && line != "\r\n"; end
  client.write "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
  client.close
end
