module xx-scheduler

go 1.19
