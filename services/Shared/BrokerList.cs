using Verification.Stomp;

namespace SportBuff;

/// <summary>The brokers that may have the queue: members of one group, of which one serves at a time.</summary>
internal sealed class BrokerList(IReadOnlyList<StompOptions> brokers)
{
    private int first;

    /// <summary>The brokers, in their order.</summary>
    public IReadOnlyList<StompOptions> Brokers => brokers;

    /// <summary>Connects to the first broker that lets us in, beginning with the last good one.</summary>
    /// <exception cref="StompException">None does; the message has the cause of each.</exception>
    public async Task<StompConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var causes = new List<string>();
        var start = Volatile.Read(ref first);
        for (var turn = 0; ; turn++)
        {
            var index = (start + turn) % brokers.Count;
            try
            {
                var connection = await StompClient.ConnectAsync(brokers[index], cancellationToken);
                Volatile.Write(ref first, index);
                return connection;
            }
            catch (StompException) when (brokers.Count == 1)
            {
                throw;
            }
            catch (StompException e)
            {
                causes.Add(e.Message);
                if (causes.Count == brokers.Count)
                    throw new StompConnectionException(string.Join(" ", causes), e);
            }
        }
    }

    /// <summary>A broker that lets us in and then does not do its work is no good one: the next try begins after it.</summary>
    public void PassOver(StompConnection connection)
    {
        for (var index = 0; index < brokers.Count; index++)
        {
            if (connection.Peer == $"{brokers[index].Host}:{brokers[index].Port}")
                Volatile.Write(ref first, (index + 1) % brokers.Count);
        }
    }
}
