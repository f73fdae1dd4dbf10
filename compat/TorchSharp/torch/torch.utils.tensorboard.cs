using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        public static partial class tensorboard
        {
            public static Modules.SummaryWriter SummaryWriter(string? log_dir = null, string? filename_suffix = null, bool createRunName = false)
            {
                if (string.IsNullOrEmpty(log_dir))
                {
                    log_dir = Run("runs");
                }
                else if (createRunName)
                {
                    log_dir = Run(log_dir);
                }

                return new Modules.SummaryWriter(log_dir, filename_suffix);
            }

            /// <summary>A folder named after this moment and this machine, such as Mar5_14-2-33_host.</summary>
            private static string Run(string parent) =>
                Path.Combine(parent, DateTime.Now.ToString("MMMd_H-m-s", CultureInfo.InvariantCulture) + "_" + Environment.MachineName);
        }
    }
}
